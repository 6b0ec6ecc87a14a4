import Foundation
import SpecCompiler
import SpecSyntax
import Synchronization
import Tables

/// A table of the folder as `datasets.json` names it.
struct TableEntry: Decodable, Sendable {
  var name: String
  var file: String
  /// The column to predict; nil for images, whose labels are a file.
  var target: String?
  var labels: String?
  /// Identifiers, free text, and what gives the target away.
  var ignored: [String]

  private enum Key: String, CodingKey {
    case name, file, target
    case labels = "labels_file"
    case ignored = "columns_to_leave_out"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    name = try container.decode(String.self, forKey: .name)
    file = try container.decode(String.self, forKey: .file)
    labels = try container.decodeIfPresent(String.self, forKey: .labels)
    ignored = try container.decodeIfPresent([String].self, forKey: .ignored) ?? []
    guard labels == nil else { return }
    // A table without a header names its columns by their place.
    if let place = try? container.decode(Int.self, forKey: .target) {
      target = "column_\(place)"
    } else {
      target = try container.decode(String.self, forKey: .target)
    }
  }

  private struct List: Decodable { var datasets: [TableEntry] }

  /// The tables of a folder.
  static func all(in folder: String) throws -> [TableEntry] {
    let path = folder + "/datasets.json"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw EvidenceError("there is no `datasets.json` in `\(folder)`")
    }
    do {
      return try JSONDecoder().decode(List.self, from: data).datasets
    } catch {
      throw EvidenceError("`\(path)` is not a list of datasets: \(error)")
    }
  }
}

/// Why the tool cannot go on, in words.
struct EvidenceError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// How much of a table is used, so that a run stays short.
struct TableCap: Sendable, Hashable, Codable {
  var rows = 2000
  /// Rows times columns.
  var cells = 800_000
}

/// A table with its starter spec, which every arm is a change of.
struct DataSet: Sendable {
  let name: String
  /// How many rows the file has, and how many of them are used.
  let fileRows: Int
  let rows: Int
  let size: TableSize
  private let base: SourceText
  private let fixed: [(path: String, text: String)]
  private let environment: Environment
  /// Without the rows, which only training needs.
  private let factsAlone: Environment
  private let identities = IdentityMemory()

  /// Epochs at the most; the starter spec leaves a longer run to early stopping.
  static func mostEpochs(rows: Int) -> Int { rows <= 500 ? 500 : 200 }
  /// Test rows for each training row, which corrects the intervals of repeated splits.
  static let overlap = 0.2 / 0.6

  init(_ entry: TableEntry, in folder: String, cap: TableCap) throws {
    let whole: Table
    do throws(TableError) {
      whole = try readTable(
        at: "\(folder)/\(entry.file)", labels: entry.labels.map { "\(folder)/\($0)" })
    } catch {
      throw EvidenceError("`\(entry.file)`: \(error.message)")
    }
    let table = whole.spread(over: min(cap.rows, cap.cells / max(1, whole.columns.count)))
    let starter = StarterSpec(
      table: table, path: entry.file, target: entry.target.map { [$0] } ?? [],
      labels: entry.labels)
    guard starter.problems.isEmpty else {
      let words = starter.problems.map(\.message).joined(separator: "; ")
      throw EvidenceError("`\(entry.file)`: \(words)")
    }
    (name, fileRows, rows) = (entry.name, whole.rowCount, table.rowCount)
    base = SourceText(name: "\(entry.name).yaml", text: starter.text)
    let tableFacts = TableFacts(of: table, target: entry.target)
    environment = Self.environment(.table(table))
    factsAlone = Self.environment(.facts(tableFacts))
    var fixed = [
      (path: "data.split.validation", text: "20%"), (path: "data.split.test", text: "20%"),
    ]
    let first = compile(base, in: factsAlone)
    guard let spec = first.spec, let facts = first.facts, let inputs = facts.inputWidth,
      let outputs = facts.outputUnits
    else {
      throw EvidenceError("`\(entry.file)`: its starter spec does not compile")
    }
    let own = Set(spec.data.ignore)
    let ignored = spec.data.ignore + entry.ignored.filter { name in
      !own.contains(name) && table.column(name) != nil
    }
    if ignored.count > own.count {
      fixed.append((path: "data.ignore", text: PlainValue.list(ignored.map { .scalar($0) }).text))
    }
    let most = Self.mostEpochs(rows: table.rowCount)
    let epochs = min(spec.training.epochs.value ?? most, most)
    fixed.append((path: "training.epochs", text: "\(epochs)"))
    self.fixed = fixed
    size = TableSize(
      isClasses: spec.data.task.value == .classification, rows: table.rowCount * 3 / 5,
      inputs: inputs, outputs: outputs)
  }

  private static func environment(_ table: LoadedTable) -> Environment {
    Environment(
      loadText: { _, _ in .refused("a starter spec has no base") }, loadTable: { _ in table })
  }

  /// The starter spec with some settings; the seed fixes the split, the first weights and the
  /// order of the rows.
  func compiled(_ settings: Settings, seed: Int) -> Compilation {
    compiled(settings, seed: seed, in: environment)
  }

  /// The same without rows, for what is asked of a spec but not trained.
  func checked(_ settings: Settings) -> Compilation {
    compiled(settings, seed: 0, in: factsAlone)
  }

  private func compiled(
    _ settings: Settings, seed: Int, in environment: Environment
  ) -> Compilation {
    var all = Settings(fixed).adding([
      (path: "data.split.seed", text: "\(seed)"), (path: "training.seed", text: "\(seed)"),
    ])
    let pairs = settings.values.sorted { $0.key < $1.key }
    all = all.adding(pairs.map { (path: $0.key, text: $0.value) })
    return compile(base, overrides: all.overrides, in: environment)
  }

  /// What a spec is but for its seed and the metrics it shows, in 16 digits; nil where it cannot be
  /// trained.
  func identity(of settings: Settings) -> String? {
    identities.value(of: settings) {
      let compilation = checked(settings)
      guard !compilation.hasErrors, let values = compilation.resolution?.values else { return nil }
      let left: Set = ["data.split.seed", "training.seed", "training.metrics"]
      let lines = values.filter { !left.contains($0.path) }.map { "\($0.path)=\($0.value)\n" }
      return String(sha256(Array(lines.joined().utf8)).prefix(16))
    }
  }
}

/// Identities that were worked out before.
private final class IdentityMemory: Sendable {
  private let known = Mutex<[Settings: String?]>([:])

  func value(of settings: Settings, _ work: () -> String?) -> String? {
    if let value = known.withLock({ $0[settings] }) { return value }
    let value = work()
    known.withLock { $0[settings] = .some(value) }
    return value
  }
}

extension Table {
  /// The table with at most so many of its rows, evenly spread.
  func spread(over limit: Int) -> Table {
    guard rowCount > limit else { return self }
    let rows = (0..<limit).map { $0 * rowCount / limit }
    var table = self
    table.rowCount = limit
    table.columns = columns.map { column in
      var column = column
      switch column.storage {
      case .numbers(let numbers): column.storage = .numbers(Numbers(rows.map { numbers[$0] }))
      case .codes(let codes, let levels):
        column.storage = .codes(Codes(rows.map { codes[$0] }), levels: levels)
      }
      return column
    }
    return table
  }
}
