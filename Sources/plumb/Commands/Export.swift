import ArgumentParser
import ModelExchange
import Training

/// Writes a run for other programs.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes a trained run for other programs: ONNX, PyTorch or safetensors.",
    discussion: """
      onnx: one file with the preprocessing inside, for ONNX Runtime and what reads ONNX. It takes \
      one input for each column, [rows, 1], a number or a text; it gives `class` with \
      `probabilities`, or `value` and, where trained so, `quantiles`.

      pytorch: a readable file of Python with preprocessing and network, and the weights beside \
      it. It needs nothing but PyTorch.

      safetensors: the weights by name; classes and preprocessing are in the metadata.

      What a format cannot say is printed. Nothing is overwritten without `--force`.
      """)

  @Argument(help: ArgumentHelp("The run's folder, such as runs/penguins/1.", valueName: "run"))
  var folder: String

  @Option(name: .customLong("to"), help: "onnx, pytorch or safetensors.")
  var format: ExportFormat

  @Option(
    name: .shortAndLong,
    help: "The file to write; without it the model's name with the format's ending, here.")
  var output: String?

  @Flag(help: "Overwrites files that are there already.")
  var force = false

  func run() throws {
    let run = try openRun(folder)
    let exporter = format.exporter
    let place = try ExportPlace(output, run.manifest.name, exporter)
    let export: ModelExchange.Export
    do throws(ExportError) {
      export = try exporter.export(run.model, named: place.stem)
    } catch {
      throw Failure(error.message, hint: error.hint)
    }
    try place.write(export, force: force)
    for remark in export.remarks.prefix(10) { Console.error("note: \(remark)") }
    if export.remarks.count > 10 { Console.error("note: and \(export.remarks.count - 10) more") }
  }
}

/// A format that a run can be written in.
struct ExportFormat: ExpressibleByArgument {
  let exporter: any Exporter.Type

  init?(argument: String) {
    guard let exporter = Exporters.all.first(where: { $0.name == argument }) else { return nil }
    self.exporter = exporter
  }

  static var allValueStrings: [String] { Exporters.all.map { $0.name } }
}
