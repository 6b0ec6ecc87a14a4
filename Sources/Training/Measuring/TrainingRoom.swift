internal import Parallel

/// How many small trainings go on at a time, and where their rows lie.
package struct TrainingRoom: Sendable {
  package let threads: Int
  /// Encoded rows beyond this lie in a file.
  package let limitBytes: Int

  /// - Parameters:
  ///   - arms: at least one, all of one table.
  ///   - threads: nil for as many as there are processors, or as fit into a quarter of the memory.
  package init(for arms: [PairedArm], threads: Int?) {
    let inputs = arms.map(\.inputCount).max() ?? 1
    let bytes = max(1, (arms.first?.rows.count ?? 1) * inputs * MemoryLayout<Float>.stride)
    let usual = PreparedStorage.usualLimitBytes
    self.threads = max(1, min(threads ?? Workers.processorCount, usual / bytes))
    // What trains alone may lie in a file, whose name is the same for all.
    limitBytes = self.threads > 1 ? .max : usual
  }
}
