internal import SpecSyntax
internal import Tables

/// The repeated runs that are over, kept in the folder as they end, so that training can go on with
/// those that are left.
///
/// A text of lines: the SHA-256 of what follows it in the line, a blank, JSON. The first says what
/// is repeated, each other one has a run. A line that is not whole is as if it were not there: its
/// run and those after it are trained again.
struct RepeatsLog {
  static let currentFormat = 1

  /// What is repeated, and how often.
  struct Head: Codable, Hashable {
    var format = RepeatsLog.currentFormat
    var identity: RunIdentity
    var folds: Int?
    var seeds: Int
  }

  /// A run that is over.
  struct Entry: Codable {
    var run: RepeatsOutcome.Run
    var rows: KeptRows
    /// What the constant baseline of its fold always answers.
    var majority: String?
    /// How long all runs so far took.
    var sittings: Sittings
  }

  /// How many lines may not be on the disk yet is a matter of time.
  private static let pause = Duration.seconds(60)

  private let folder: PartialRun
  private var flushed = ContinuousClock.now
  /// Whether a line was brought to the disk.
  private(set) var isForced = false

  private var path: String { Self.path(in: folder) }

  private static func path(in folder: PartialRun) -> String {
    "\(folder.path)/\(RunFile.repeatsLog)"
  }

  /// Begins the log of a folder, or takes it up where it is there; gives the runs that are over.
  ///
  /// Throws, naming what is other, where they are not runs of this training. `begin` writes what
  /// stands beside a new log.
  static func open(
    _ head: Head, in folder: PartialRun, table: String, begin: () throws(TrainingError) -> Void
  ) throws(TrainingError) -> (log: RepeatsLog, entries: [Entry]) {
    guard !folder.hasCheckpoint else {
      throw TrainingError(
        "`\(folder.path)` holds one run, and this is a repeated training",
        hints: ["leave out `--folds` and `--seeds`", "or name another folder"])
    }
    let path = path(in: folder)
    let log = RepeatsLog(folder: folder)
    guard PathKind(path) != .absent else {
      folder.clear()
      try begin()
      try onRunFiles { () throws(TableError) in try writeFile(line(head), to: path) }
      return (log, [])
    }
    let bytes = try onTables { () throws(TableError) in
      try readFile(at: path, maximumBytes: 64 << 30)
    }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    // What stands after the last line end is nothing, or a line that is not whole.
    lines.removeLast()
    guard let first = lines.first, let found = value(Head.self, of: first),
      found.format == currentFormat
    else {
      throw TrainingError(
        "`\(path)` is damaged: it does not say what is repeated",
        hints: ["remove the file, and the runs begin anew with `--resume`"])
    }
    try found.check(head, path: path, table: table)
    var (entries, whole) = ([Entry](), first.count + 1)
    for line in lines.dropFirst() {
      guard let entry = value(Entry.self, of: line) else { break }
      entries.append(entry)
      whole += line.count + 1
    }
    if whole < bytes.count {
      try onRunFiles { () throws(TableError) in
        try replaceFile(Array(bytes.prefix(whole)), at: path)
      }
    }
    return (log, entries)
  }

  /// Throws where a folder in which one run would go on is that of repeated runs.
  static func checkAbsent(in folder: PartialRun) throws(TrainingError) {
    guard PathKind(path(in: folder)) != .absent else { return }
    throw TrainingError(
      "`\(folder.path)` holds repeated runs, and this is a single one",
      hints: [
        "go on with them: `plumb train --resume \(folder.name)`", "or name another folder",
      ])
  }

  private init(folder: PartialRun) { self.folder = folder }

  /// Adds a run; about once a minute the runs so far are brought to the disk.
  mutating func append(_ entry: Entry) throws(TrainingError) {
    let path = path
    try onRunFiles { () throws(TableError) in try appendFile(Self.line(entry), to: path) }
    let now = ContinuousClock.now
    if now - flushed >= Self.pause { try force() }
  }

  /// Brings the runs so far to the disk.
  mutating func force() throws(TrainingError) {
    try folder.force()
    (flushed, isForced) = (.now, true)
  }

  private static func line<Value: Encodable>(_ value: Value) -> [UInt8] {
    let text = Array(JSONText.of(value, layout: .line).utf8)
    return Array(sha256(text).utf8) + [0x20] + text + [0x0A]
  }

  private static func value<Value: Decodable>(
    _ type: Value.Type, of line: ArraySlice<UInt8>
  ) -> Value? {
    let parts = line.split(separator: 0x20, maxSplits: 1)
    guard parts.count == 2, parts[0].elementsEqual(sha256(Array(parts[1])).utf8) else {
      return nil
    }
    return JSONText.value(type, of: Array(parts[1]))
  }
}

extension RepeatsLog.Head {
  /// Throws, naming the first, where something is other now.
  fileprivate func check(
    _ now: RepeatsLog.Head, path: String, table: String
  ) throws(TrainingError) {
    try identity.check(now.identity, path: path, table: table)
    guard folds == now.folds, seeds == now.seeds else {
      throw TrainingError(
        "`\(path)` is of \(words), and this is \(now.words)",
        hints: ["leave out what was not given then", "or train anew, without `--resume`"])
    }
  }

  private var words: String {
    let seeds = "`--seeds \(seeds)`"
    return folds.map { "`--folds \($0)` and \(seeds)" } ?? seeds
  }
}
