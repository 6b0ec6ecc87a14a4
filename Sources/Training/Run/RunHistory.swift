#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
public import SpecCompiler

extension RunRecord {
  /// What the numbered runs beside this one reached on the same rows, its own among them.
  ///
  /// Runs of one setting, but for the seed, are one try, of which the first counts; the largest
  /// such group, repeated runs without folds among them, shows how far seeds alone move the score.
  public var trials: TrialFacts {
    let parent = folder.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let place = folder.hasPrefix("/") || parent.count > 0 ? parent.joined(separator: "/") : "."
    var groups: [(settings: String, scores: [(seed: UInt64, score: Double)])] = []
    func add(_ score: Double, _ seed: UInt64, _ settings: String) {
      guard let index = groups.firstIndex(where: { $0.settings == settings }) else {
        groups.append((settings, [(seed, score)]))
        return
      }
      guard !groups[index].scores.contains(where: { $0.seed == seed }) else { return }
      groups[index].scores.append((seed, score))
    }
    for number in Self.numbers(in: place).suffix(Self.greatestCount) {
      let path = "\(place)/\(number)"
      if let run = try? RunRecord.open(path) {
        guard run.isOnSameRows(as: self), let score = run.outcome.probe.validationScore else {
          continue
        }
        add(score, run.manifest.seed, run.resolvedText.withoutSeed)
      } else if let repeats = try? RepeatsRecord.open(path), repeats.outcome.folds == nil,
        repeats.outcome.runs.first?.rows == manifest.rows, let scores = repeats.scores
      {
        for (seed, score) in zip(repeats.outcome.seeds, scores.values) {
          add(score, seed, repeats.resolvedText.withoutSeed)
        }
      }
    }
    return TrialFacts(
      scores: groups.compactMap(\.scores.first?.score),
      seedScores: groups.max { $0.scores.count < $1.scores.count }?.scores.map(\.score) ?? [])
  }

  /// Earlier runs than so many are not looked at.
  private static let greatestCount = 1_000

  /// The numbers that are names of folders, ascending.
  private static func numbers(in folder: String) -> [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { Int($0) }.sorted()
  }

  private func isOnSameRows(as other: RunRecord) -> Bool {
    manifest.data == other.manifest.data && manifest.rows == other.manifest.rows
      && manifest.target == other.manifest.target
  }
}

extension String {
  /// A resolved spec without the line of its seed.
  fileprivate var withoutSeed: String {
    split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("seed:") }
      .joined(separator: "\n")
  }
}
