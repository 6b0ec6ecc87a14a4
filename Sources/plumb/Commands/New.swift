import ArgumentParser
import SpecCompiler
import SpecSyntax
import Tables

/// Writes a starter spec.
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Writes a starter spec for a table, with the reason for each value.",
    discussion: """
      For example `plumb new penguins.csv --target species > penguins.yaml`.

      Columns that name the row, never vary, repeat another, or are mostly missing stand under \
      `ignore` with the reason, and so do those that seem to give the target away: a score is \
      honest only without what is recorded after the target.
      """)

  @Argument(help: "The table: CSV, TSV, IDX, NPY, or gzip of one.")
  var data: String

  @Option(
    parsing: .upToNextOption,
    help: """
      The column to predict, or several numeric columns. Columns of a table without header are \
      called column_0, column_1, …
      """)
  var target: [String] = []

  @Option(help: "The label file that belongs to an IDX or NPY file.")
  var labels: String?

  func run() throws {
    let table: Table
    do throws(TableError) {
      table = try readTable(at: data, labels: labels)
    } catch {
      throw Failure(error.words, hint: error.hint)
    }
    try checkTarget(table)
    let starter = StarterSpec(table: table, path: data, target: target, labels: labels)
    guard starter.problems.isEmpty else {
      throw Failure(starter.problems.map(\.message).joined(separator: "\nerror: "))
    }
    Console.print(starter.text)
  }

  private func checkTarget(_ table: Table) throws {
    let names = table.columns.map(\.name)
    guard !target.isEmpty || labels != nil else {
      throw Failure(
        "which column shall be predicted?",
        hint: "add `--target COLUMN`; the columns are \(listed(names))")
    }
    for name in target where !names.contains(name) {
      let similar = nearest(to: name, among: names)
      throw Failure(
        "column `\(escapedForTerminal(name))` is not in `\(data)`",
        hint: similar.isEmpty
          ? "the columns are \(listed(names))"
          : "did you mean " + similar.map { "`\($0)`" }.joined(separator: " or ") + "?")
    }
  }

  private func listed(_ names: [String]) -> String {
    let shown = names.prefix(20).map(escapedForTerminal).joined(separator: ", ")
    return names.count > 20 ? "\(shown), and \(names.count - 20) more" : shown
  }
}

extension TableError {
  /// The file, the line and what is wrong.
  var words: String { "`\(path)`\(line.map { ", line \($0)" } ?? ""): \(message)" }
}
