#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import Tables

/// The folder of a run that is going on, beside its final place, so that no half-written run is
/// ever taken for a run. No other process can write to it meanwhile.
struct PartialRun {
  private let place: RunPlace
  let path: String
  private let number: Int
  private let lock: FolderLock
  /// Whether the folder was made for this sitting.
  private let isNew: Bool

  /// Makes the folder, or takes over that of a run which was cut short; throws if the name or the
  /// place cannot be used.
  init(_ place: RunPlace) throws(TrainingError) {
    self.place = place
    switch place {
    case .folder(let folder), .resumed(let folder), .ended(let folder):
      let target = try runName(folder)
      guard PathKind(target) == .absent else { throw .exists(target) }
      (path, number) = (target + partialEnding, 0)
      isNew = try makeRunFolder(path)
    case .numbered(let folder, let name):
      try checkRunName(name)
      let runs = "\(folder)/\(name)"
      try onRunFiles { () throws(TableError) in try makeFolder(runs, parents: true) }
      (path, number) = try claimNumber(in: runs)
      isNew = true
    }
    lock = try lockRun(path)
    guard !isNew else { return }
    if case .folder = place { throw .unfinished(path, try runName(path)) }
    guard isOurs else { throw .foreign(path) }
  }

  /// The folder of a run of which everything is written, its last file included.
  private init(complete path: String, _ target: String) throws(TrainingError) {
    (self.path, place, number, isNew) = (path, .resumed(target), 0, false)
    lock = try lockRun(path)
  }

  /// What there is of a run that was cut short when only its name was missing.
  static func complete(_ target: String) throws(TrainingError) -> PartialRun? {
    let path = target + partialEnding
    guard PathKind("\(path)/\(RunFile.timing)") == .file else { return nil }
    return try PartialRun(complete: path, target)
  }

  /// Whether the folder was made for a run: it is empty, or a manifest is in it.
  private var isOurs: Bool {
    let names = folderNames(at: path).filter { !$0.hasSuffix(".rows") }
    return names.isEmpty || names.contains { $0.hasPrefix(RunFile.manifest) }
  }

  /// The name the run will have; without a number of its own yet, that it is likely to get.
  var name: String {
    switch place {
    case .folder(let folder), .resumed(let folder), .ended(let folder):
      (try? runName(folder)) ?? folder
    case .numbered(let folder, let name): "\(folder)/\(name)/\(number)"
    }
  }

  /// Writes one file.
  func write(_ bytes: [UInt8], to name: String) throws(TrainingError) {
    try onRunFiles { () throws(TableError) in try writeFile(bytes, to: "\(path)/\(name)") }
  }

  /// Writes one file of text.
  func write(_ text: String, to name: String) throws(TrainingError) {
    try write(Array(text.utf8), to: name)
  }

  /// Writes what a run begins with: its manifest first, which says that the folder is a run's.
  func write(_ manifest: Manifest, _ job: Job) throws(TrainingError) {
    try write(JSONText.of(manifest) + "\n", whole: RunFile.manifest)
    try write(job.specBytes, to: RunFile.spec)
    try write(job.resolvedText, to: RunFile.resolved)
  }

  /// Writes a file that is there whole or not at all, or as it was before: the last one, which says
  /// that the run is whole, among them.
  func write(_ text: String, whole name: String) throws(TrainingError) {
    try write(text, to: name + newFileEnding)
    try onRunFiles { () throws(TableError) in
      try renameFile("\(path)/\(name)\(newFileEnding)", to: "\(path)/\(name)")
    }
  }

  /// The text of a file; nil where there is none.
  func text(_ name: String) -> String? {
    (try? readFile(at: "\(path)/\(name)", maximumBytes: 64 << 20))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether the state of a training was saved.
  var hasCheckpoint: Bool { PathKind(checkpointPath) != .absent }

  /// Whether anything was kept that training can go on from.
  var hasState: Bool { hasCheckpoint || PathKind("\(path)/\(RunFile.repeatsLog)") != .absent }

  private var checkpointPath: String { "\(path)/\(RunFile.checkpoint)" }

  /// The state of training when it was last saved; nil if it never was.
  func checkpoint() throws(TrainingError) -> Checkpoint? {
    guard hasCheckpoint else { return nil }
    let bytes: [UInt8]
    do {
      bytes = try readFile(at: checkpointPath, maximumBytes: 64 << 30)
    } catch {
      throw TrainingError("`\(error.path)` \(error.message)", hints: Checkpoint.wayOut)
    }
    return try Checkpoint(decoding: bytes, path: checkpointPath)
  }

  /// How long the run took in earlier sittings, as far as that was saved.
  var sittings: Sittings? {
    text(RunFile.sittings).flatMap { JSONText.value(Sittings.self, of: Array($0.utf8)) }
  }

  /// Puts a checkpoint in the place of the last one. The first brings the other files to the disk
  /// too: without them it would be of no use.
  func save(_ checkpoint: Checkpoint, _ sittings: Sittings) throws(TrainingError) {
    let isFirst = !hasCheckpoint
    try write(JSONText.of(sittings, layout: .line) + "\n", whole: RunFile.sittings)
    try onRunFiles { () throws(TableError) in
      if isFirst { try flushAll() }
      try replaceFile(checkpoint.encoded(), at: checkpointPath)
      if isFirst { try flush(parentFolder(of: path)) }
    }
  }

  /// Brings everything to the disk.
  func force() throws(TrainingError) {
    try onRunFiles { () throws(TableError) in
      try flushAll()
      try flush(parentFolder(of: path))
    }
  }

  private func flushAll() throws(TableError) {
    for name in folderNames(at: path) where name != RunFile.checkpoint {
      try flush("\(path)/\(name)")
    }
    try flush(path)
  }

  /// Gives the folder its final name, which is returned; its last file must have been written.
  ///
  /// A run that was saved on the way is on the disk before what was saved is removed.
  ///
  /// - Parameter isForced: whether it is brought to the disk in any case.
  func finish(
    keepsCheckpoint: Bool, isForced: Bool = false
  ) throws(TrainingError) -> String {
    if hasCheckpoint || isForced {
      try onRunFiles { () throws(TableError) in try flushAll() }
    }
    if !keepsCheckpoint { remove(RunFile.checkpoint) }
    remove(RunFile.sittings)
    if PathKind("\(path)/\(RunFile.repeats)") == .file {
      for name in [RunFile.repeatsLog, RunFile.manifest] { remove(name) }
    }
    for name in folderNames(at: path) where name.hasSuffix(newFileEnding) { remove(name) }
    var names = [name]
    if case .numbered(let folder, let name) = place {
      names = (number..<(number + 1000)).map { "\(folder)/\(name)/\($0)" }
    }
    for target in names where PathKind(target) == .absent {
      guard (try? FileManager.default.moveItem(atPath: path, toPath: target)) != nil else {
        continue
      }
      if keepsCheckpoint { try? flush(parentFolder(of: target)) }
      return target
    }
    guard PathKind(names[0]) != .absent else {
      throw TrainingError("`\(names[0])` cannot be written", hints: TrainingError.writableHints)
    }
    throw .exists(names[0])
  }

  /// Removes what was written, after a run that came to nothing.
  func discard() {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Removes what a run that never saved its state has left, to begin anew.
  func clear() {
    guard !isNew else { return }
    for name in RunFile.all + folderNames(at: path).filter({ $0.hasSuffix(newFileEnding) }) {
      remove(name)
    }
  }

  private func remove(_ name: String) {
    try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
  }
}

/// Makes the folder of a run, unless it is there already.
private func makeRunFolder(_ path: String) throws(TrainingError) -> Bool {
  guard PathKind(path) == .absent else { return false }
  try onRunFiles { () throws(TableError) in
    try makeFolder(parentFolder(of: path), parents: true)
    try makeFolder(path, parents: false)
  }
  return true
}

/// Makes a folder for the next number; another run may be making one at the same time.
private func claimNumber(in runs: String) throws(TrainingError) -> (path: String, number: Int) {
  let used = folderNames(at: runs).compactMap { name in
    Int(name.hasSuffix(partialEnding) ? String(name.dropLast(partialEnding.count)) : name)
  }
  let first = (used.filter { $0 < 1 << 40 }.max() ?? 0) + 1
  for number in first..<(first + 1000) {
    let path = "\(runs)/\(number)\(partialEnding)"
    do {
      try makeFolder(path, parents: false)
      return (path, number)
    } catch {
      guard PathKind(path) != .absent else { throw .unwritable(error) }
    }
  }
  throw .exists("\(runs)/\(first)")
}

/// The lock of a run's folder; throws where another process has it.
private func lockRun(_ path: String) throws(TrainingError) -> FolderLock {
  let lock: FolderLock?
  do {
    lock = try FolderLock(path)
  } catch {
    throw TrainingError(
      "`\(path)` \(error.message)", hints: ["look at what it is, or name another folder"])
  }
  guard let lock else {
    throw TrainingError(
      "another process is writing `\(path)`", hints: ["wait for its end, or stop it"])
  }
  return lock
}
