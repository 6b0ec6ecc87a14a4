internal import NetworkGraph
internal import Tensors

/// Trainings in groups that are begun together, as numbers of a list.
public struct TaskGroups: Sendable, Hashable {
  public let groups: [[Int]]

  /// Groups of one kind where they are faster together, and of one training where not; none so
  /// large that a thread is left without work.
  ///
  /// - Parameters:
  ///   - kinds: of each training, in the order in which they are best done.
  ///   - isFaster: whether so many trainings of a kind are faster together than one after another.
  public init(_ kinds: [Int], threads: Int, isFaster: (_ kind: Int, _ count: Int) -> Bool) {
    // Twice what the lanes hold: one that ends early makes room for another.
    let share = (kinds.count + max(1, threads) - 1) / max(1, threads)
    let most = max(1, min(2 * InstructionSet.current.laneCount, share))
    var members: [Int: [Int]] = [:]
    for (index, kind) in kinds.enumerated() { members[kind, default: []].append(index) }
    var groups: [[Int]] = []
    for (kind, indices) in members {
      let count = (indices.count + most - 1) / most
      let size = (indices.count + count - 1) / count
      guard size > 1, isFaster(kind, size) else {
        groups += indices.map { [$0] }
        continue
      }
      // Of nearly equal size.
      groups += (0..<count).map { part in
        Array(indices[indices.count * part / count..<indices.count * (part + 1) / count])
      }
    }
    self.groups = groups.sorted { $0[0] < $1[0] }
  }

  /// The results of each training in the order of the list, of the results of each group.
  public func inOrder<Result>(_ results: [[Result]]) -> [Result] {
    zip(groups, results).flatMap { zip($0, $1) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
