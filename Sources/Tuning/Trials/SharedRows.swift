internal import Synchronization
internal import Training

/// Encoded rows that trials share where their `data` and inputs are the same.
final class SharedRows: Sendable {
  private struct Key: Hashable {
    var rows: String
    var part: TrialPart
  }

  /// The rows of one key, made by the first who asks while the others wait.
  private final class Entry: Sendable {
    let rows = Mutex<Result<TrialRows, TrainingError>?>(nil)
  }

  private struct Entries {
    var byKey: [Key: Entry] = [:]
    /// The oldest first.
    var order: [Key] = []
    /// More are kept only while somebody trains on them.
    var greatestCount = 32
  }

  private let entries = Mutex(Entries())
  private let folder: @Sendable () throws(TrainingError) -> String

  init(folder: @escaping @Sendable () throws(TrainingError) -> String) { self.folder = folder }

  func rows(_ candidate: Candidate, _ part: TrialPart) throws(TrainingError) -> TrialRows {
    let entry = entry(Key(rows: candidate.rowsKey, part: part))
    let folder = folder
    let made = entry.rows.withLock { known -> Result<TrialRows, TrainingError> in
      if let known { return known }
      let made = Result { () throws(TrainingError) in
        try TrialRows(candidate.compilation, part, folder: folder)
      }
      known = made
      return made
    }
    if case .success(let rows) = made {
      entries.withLock { $0.greatestCount = min($0.greatestCount, rows.keptCount) }
    }
    return try made.get()
  }

  private func entry(_ key: Key) -> Entry {
    entries.withLock { entries in
      if let entry = entries.byKey[key] { return entry }
      let entry = Entry()
      entries.byKey[key] = entry
      entries.order.append(key)
      while entries.order.count > entries.greatestCount {
        entries.byKey[entries.order.removeFirst()] = nil
      }
      return entry
    }
  }
}
