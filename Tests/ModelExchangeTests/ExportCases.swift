import Foundation
import ModelExchange
import NetworkGraph
import SpecCompiler
import SpecSyntax
import Tables
import TestSupport
import Testing
import Training

/// Models that were trained for a moment, each in a folder with its exports, the table it is asked
/// about, and what it predicts.
struct ExportCases {
  let folder: String

  /// Every operation by its samples, every example, and every way to prepare a column.
  static let all: Result<ExportCases, any Error> = Result { try ExportCases() }

  private init() throws {
    folder = try Repository.temporaryFolder()
    for type in Ops.all {
      for (number, sample) in type.samples.enumerated() {
        let spec = OpSpec(type.name, sample)
        try add("op_\(type.name)_\(number)", spec.text, asked: spec.table, seen: spec.table)
      }
    }
    for path in Repository.files(below: "specs/examples", ending: ".yaml") {
      try addExample("example_\((path as NSString).lastPathComponent.dropLast(5))", path)
    }
    for (name, text) in PreparationSpecs.all {
      // What is asked holds levels, numbers and gaps that the first rows do not.
      let lines = PreparationSpecs.table.split(separator: "\n")
      let seen = lines.prefix(1 + lines.count / 2).joined(separator: "\n") + "\n"
      let asked = name == "refusing" ? seen : PreparationSpecs.table
      try add("preparation_\(name)", text, asked: asked, seen: seen)
    }
  }

  private func addExample(_ name: String, _ path: String) throws {
    let text = Repository.text(path)
    // A spec with a base has its table.
    let based = text.contains("extends: breast_cancer.yaml")
    let source = based ? Repository.text("specs/examples/breast_cancer.yaml") : text
    let table = try #require(source.firstMatch(of: /source: (\w+\.csv)/)?.output.1)
    let content = Repository.text("specs/examples/\(table)")
    try add(name, text, asked: content, seen: content)
  }

  private func add(_ name: String, _ text: String, asked: String, seen: String) throws {
    let compilation = compile(
      SourceText(name: "test.yaml", text: text),
      overrides: ["training.epochs=2", "training.early_stopping=none"].map(Override.init),
      in: Environment(
        loadText: { path, _ in
          .text(SourceText(name: path, text: Repository.text("specs/examples/\(path)")))
        },
        loadTable: { request in
          do throws(TableError) {
            return .table(
              try readTable(
                bytes: Array(seen.utf8), name: request.path, options: request.options))
          } catch {
            return .refused(error)
          }
        }))
    let errors = compilation.diagnostics.filter { $0.level == .error }.map(\.message)
    try #require(errors.isEmpty, "\(name): \(errors) in\n\(text)")
    let runFolder = try Repository.temporaryFolder() + "/run"
    _ = try train(compilation, at: .folder(runFolder), version: "test")
    let run = try Run.open(runFolder)
    let table = try readTable(
      bytes: Array(asked.utf8), name: "table.csv", options: run.tableOptions)
    let expected = Expected(try run.predict(table))
    try? FileManager.default.removeItem(atPath: runFolder)
    try write(run.model, expected, asked, name)
  }

  private func write(
    _ model: TrainedModel, _ expected: Expected, _ table: String, _ name: String
  ) throws {
    for exporter in Exporters.all {
      let place = "\(folder)/\(exporter.name)/\(name)"
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try Data(table.utf8).write(to: URL(filePath: "\(place)/table.csv"))
      try JSONEncoder().encode(expected).write(to: URL(filePath: "\(place)/expected.json"))
      try JSONEncoder().encode(model.tensors.map(TensorFact.init))
        .write(to: URL(filePath: "\(place)/tensors.json"))
      for file in try exporter.export(model, named: "model").files {
        try Data(file.bytes).write(to: URL(filePath: "\(place)/\(file.name)"))
      }
    }
    // One file of Python is also run as a program, which takes a while.
    if name == "example_iris" {
      try Data().write(to: URL(filePath: "\(folder)/pytorch/\(name)/printed"))
    }
    if name == "preparation_refusing" {
      try Data("level".utf8).write(to: URL(filePath: "\(folder)/pytorch/\(name)/refused"))
    }
  }
}

/// A tensor as a reader should find it.
private struct TensorFact: Encodable {
  var name: String
  var shape: [Int]
  var sum: Double

  init(_ tensor: SafeTensors.Tensor) {
    (name, shape) = (tensor.name, tensor.shape)
    sum = tensor.values.reduce(0) { $0 + Double($1) }
  }
}

/// What the run itself predicts for a table.
private struct Expected: Encodable {
  var `class`: [String]?
  var values: [Double]
  /// Row by row, the lowest level first.
  var quantiles: [Double]?

  init(_ predictions: Predictions) {
    switch predictions {
    case .classes(let classes):
      self.class = (0..<classes.rowCount).map { classes.classes[classes.winner($0)] }
      values = classes.values
    case .numbers(let numbers):
      values = numbers.values
      let width = numbers.targets.count
      guard numbers.quantiles.count > 1 else { return }
      quantiles = (0..<numbers.rowCount).flatMap { row in
        numbers.quantiles.flatMap { $0.values[row * width..<(row + 1) * width] }
      }
    }
  }
}
