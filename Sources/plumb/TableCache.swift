#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tables

/// The facts of large tables from one run of the program to the next, in the user's cache folder.
///
/// An entry holds as long as the file's size, place and times are those it was read with; of a
/// file that has changed so lately that another change need not show in its time, nothing is kept.
/// An entry that cannot be read or written is no error: the table is read.
struct TableCache: Sendable {
  /// Smaller tables are read as quickly as an entry is.
  static let leastBytes = 1 << 20
  static let maximumEntries = 200
  static let maximumEntryBytes = 8 << 20

  let folder: String

  /// The cache of this user; nil where there is no folder for it.
  init?() {
    guard let base = UserCache.folder else { return nil }
    folder = "\(base)/tables"
  }

  /// What an entry is for: a file, read in a certain way.
  struct Key {
    var path: String
    var labels: String?
    var options: TableOptions
    var target: String?

    /// The name of the entry's file.
    fileprivate var name: String { sha256(Array(text.utf8)).prefix(32) + ".json" }

    /// Everything on which the facts depend but the bytes; fields cannot run into each other.
    fileprivate var text: String {
      let types = options.types.sorted { $0.key < $1.key }.map { [$0.key, $0.value.rawValue] }
      let parts: [[String]] = [
        [Plumb.version, path], labels.map { [$0] } ?? [], options.missing ?? ["-"],
        options.missing == nil ? [] : ["missing"], target.map { [$0] } ?? [],
        [
          "\(options.delimiter.map(String.init) ?? "")",
          "\(options.decimal.map(String.init) ?? "")",
          "\(options.hasHeader.map { "\($0)" } ?? "")", "\(options.skipLines ?? -1)",
        ],
      ]
      return "\(parts)\(types)"
    }
  }

  /// The state of the files of a table before it is read.
  struct Stamp: Codable, Equatable {
    var table: FileStamp
    var labels: FileStamp?
  }

  private struct Entry: Codable {
    var key: String
    var stamp: Stamp
    var facts: TableFacts
  }

  /// The state of a table's files; nil for tables of which nothing is kept.
  func stamp(for key: Key) -> Stamp? {
    guard let table = stamp(of: key.path), table.bytes >= Self.leastBytes else { return nil }
    guard let labels = key.labels else { return Stamp(table: table) }
    return stamp(of: labels).map { Stamp(table: table, labels: $0) }
  }

  private func stamp(of path: String) -> FileStamp? {
    let now = Int(Date().timeIntervalSince1970 * 1e9)
    return FileStamp(of: path).flatMap {
      $0.isSteady(atNanoseconds: now) ? $0 : nil
    }
  }

  /// The facts of a table that was read before and is the same still.
  func facts(for key: Key) -> TableFacts? {
    guard let stamp = stamp(for: key),
      let bytes = try? readFile(at: path(of: key), maximumBytes: Self.maximumEntryBytes),
      let entry = try? Self.decoder.decode(Entry.self, from: Data(bytes)),
      entry.key == key.text, entry.stamp == stamp
    else { return nil }
    return entry.facts
  }

  /// Keeps the facts of a table that was read after `stamp` was taken.
  func keep(_ facts: TableFacts, for key: Key, _ stamp: Stamp) {
    guard stamp == self.stamp(for: key) else { return }
    let entry = Entry(key: key.text, stamp: stamp, facts: facts)
    guard let data = try? Self.encoder.encode(entry), data.count <= Self.maximumEntryBytes else {
      return
    }
    let manager = FileManager.default
    try? manager.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    makeRoom()
    try? data.write(to: URL(filePath: path(of: key)), options: .atomic)
  }

  // Statistics of odd columns may be infinite, which JSON has no number for.
  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }

  private func path(of key: Key) -> String { "\(folder)/\(key.name)" }

  /// Removes the oldest entries where there are too many.
  private func makeRoom() {
    let manager = FileManager.default
    guard let names = try? manager.contentsOfDirectory(atPath: folder),
      names.count >= Self.maximumEntries
    else { return }
    let dated = names.filter { $0.hasSuffix(".json") }.map { name in
      let date = try? manager.attributesOfItem(atPath: "\(folder)/\(name)")[.modificationDate]
      return (name: name, date: date as? Date ?? .distantPast)
    }
    for (name, _) in dated.sorted(by: { $0.date < $1.date }).dropLast(Self.maximumEntries / 2) {
      try? manager.removeItem(atPath: "\(folder)/\(name)")
    }
  }
}
