import Foundation

/// What is known so far, in memory and in a file that grows by whole lines.
actor EvidenceFile {
  private(set) var known = Known()
  private let handle: FileHandle
  private let encoder: JSONEncoder

  /// Opens a file, or makes it; a line that a killed run left torn is dropped.
  init(at path: String, for run: RunRecord) throws {
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    guard let handle = FileHandle(forUpdatingAtPath: path) else {
      throw EvidenceError("`\(path)` cannot be written")
    }
    guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw EvidenceError("another run writes `\(path)`: stop it, or name another file by --output")
    }
    let whole = try handle.readToEnd() ?? Data()
    let data = whole.prefix((whole.lastIndex(of: 0x0A) ?? -1) + 1)
    let lines = try Self.records(in: data, of: path)
    if let first = lines.first {
      guard first == .run(run) else {
        throw EvidenceError(
          "`\(path)` was made with other --rows, --cells or --trials: name another by --output")
      }
    }
    try handle.truncate(atOffset: UInt64(data.count))
    self.handle = handle
    for line in lines { known.add(line) }
    guard lines.isEmpty else { return }
    try handle.write(contentsOf: encoder.encode(EvidenceRecord.run(run)) + [0x0A])
  }

  private static func records(in data: Data, of path: String) throws -> [EvidenceRecord] {
    let decoder = JSONDecoder()
    return try data.split(separator: 0x0A).enumerated().map { number, line in
      do {
        return try decoder.decode(EvidenceRecord.self, from: Data(line))
      } catch {
        throw EvidenceError("`\(path)`, line \(number + 1), is no record of this tool")
      }
    }
  }

  /// Takes what was found out; it is in the file when this returns.
  func add(_ record: EvidenceRecord) throws {
    known.add(record)
    try handle.write(contentsOf: encoder.encode(record) + [0x0A])
  }
}

/// All records, by what they are about.
struct Known: Sendable {
  private(set) var trainings: [TrainingRecord.Key: TrainingRecord] = [:]
  private(set) var baselines: [String: [Int: BaselinesRecord]] = [:]
  private(set) var advice: [AdviceRecord.Key: AdviceRecord] = [:]

  init(_ records: [EvidenceRecord] = []) { for record in records { add(record) } }

  mutating func add(_ record: EvidenceRecord) {
    switch record {
    case .run: break
    case .training(let training): trainings[training.key] = training
    case .baselines(let scores): baselines[scores.table, default: [:]][scores.seed] = scores
    case .advice(let advice): self.advice[advice.key] = advice
    }
  }
}
