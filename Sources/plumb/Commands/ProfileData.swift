import ArgumentParser
import SpecCompiler
import SpecSyntax
import Tables

/// Prints or writes the facts of a table.
struct ProfileData: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Prints facts about a table: types, missing cells, ranges, levels.",
    discussion: """
      With --output, the facts are written as JSON to a file that stands in for the table where \
      there is none: `data: {source: penguins.csv, profile: penguins.profile.json}`. So specs are \
      checked without data. Written twice, the file has the same bytes.

      Given a spec in the table's place, its table is profiled as its `data.format` says.
      """)

  @Argument(help: "The table: CSV, TSV, IDX, NPY, or gzip of one; or a spec that names one.")
  var data: String

  @Option(help: "The label file that belongs to an IDX or NPY file.")
  var labels: String?

  @Option(help: "How the facts are printed.")
  var format: OutputFormat = .text

  @Option(
    help: ArgumentHelp(
      "Writes the facts as JSON to this file, in place of printing them.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      """
      How many values of a column are listed, the most frequent first; 0 lists none, for they may \
      be personal.
      """, valueName: "count"))
  var levels = ProfileFile.usualLevels

  func validate() throws {
    guard (0...1_000).contains(levels) else {
      throw ValidationError("--levels takes a number from 0 to 1000")
    }
  }

  func run() throws {
    let isSpec = data.hasSuffix(".yaml") || data.hasSuffix(".yml")
    let request = try isSpec ? tableOfSpec() : (path: data, labels: labels, options: TableOptions())
    let table: Table
    let digest: FileDigest
    do throws(TableError) {
      table = try readTable(at: request.path, labels: request.labels, options: request.options)
      digest = try FileDigest(of: request.path, maximumBytes: TableOptions.greatestBytes)
    } catch {
      throw Failure(error.words, hint: error.hint)
    }
    let facts = TableFacts(of: table)
    let document = ProfileFile(facts, digest, maximumLevels: levels)
    if let output {
      try write(document, to: output)
    } else if format == .json {
      Console.print(document.text)
    } else {
      Console.print(TableText(facts, digest, maximumLevels: levels).text)
    }
  }

  private func write(_ document: ProfileFile, to path: String) throws {
    let text = document.text
    guard ProfileFile.canBeRead(text) else {
      throw Failure(
        "the profile of so many columns would be too large to be read: it was not written",
        hint: "list fewer values with --levels, or profile a part of the columns")
    }
    try writeWhole(text, to: path)
    Console.error("wrote \(path)")
  }

  /// The table that a spec names, read as its `data.format` says and without declared types.
  private func tableOfSpec() throws -> (path: String, labels: String?, options: TableOptions) {
    let compilation = SpecCompiler.compile(
      try readSpec(data), in: .files(FileBounds(readsTables: false)))
    guard let spec = compilation.spec, !spec.data.source.isEmpty else {
      let errors = compilation.diagnostics.filter { $0.level == .error }
      Console.error(Findings(errors, compilation.sources).text(isColoured: Console.isColoured))
      throw Failure("`\(data)` names no table")
    }
    let from = compilation.dataOrigin
    return (
      FilePath.resolve(spec.data.source, from: from),
      spec.data.labels.map { FilePath.resolve($0, from: from) }, spec.data.format.options
    )
  }
}
