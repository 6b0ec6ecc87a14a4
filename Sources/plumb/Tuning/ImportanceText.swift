import SpecSyntax
import Tuning

/// Which searched values mattered, for people and for other programs.
struct ImportanceText {
  private let importances: Importances?
  /// Why there is nothing to say.
  private let reason: String?
  private let space: Space
  private let objective: String

  /// More pairs are not worth a line.
  private static let mostPairs = 3

  init(_ result: StudyResult) {
    (space, objective) = (result.settings.space, result.plan.objectives[0].name)
    do throws(StudyError) {
      importances = try Importances(
        of: result.trials, in: space, seed: result.settings.seed)
      reason = nil
    } catch {
      (importances, reason) = (nil, error.message)
    }
  }

  /// Shares of single values and of the strongest pairs.
  var lines: [String] {
    guard let importances else { return ["what mattered: \(reason ?? "")"] }
    let names = ShortNames(space)
    var rows = importances.mains.map { [names[$0.dimension], words($0.share)] }
    rows += strongest(importances).map {
      ["\(names[$0.first]) with \(names[$0.second])", words($0.share)]
    }
    return ["what mattered, as shares of how \(objective) varies over the space:"]
      + rows.map { row in
        let width = rows.map { $0[0].count }.max() ?? 0
        return "  \(row[0])\(String(repeating: " ", count: width - row[0].count))  \(row[1])"
      }
      + bestLines(importances, names)
  }

  /// Which value of one goes with which of the other, for a pair that surely does something.
  private func bestLines(_ importances: Importances, _ names: ShortNames) -> [String] {
    strongest(importances).filter { $0.share.low > 0.01 }.prefix(1).flatMap { pair -> [String] in
      guard let first = importances.mains.first(where: { $0.dimension == pair.first }) else {
        return []
      }
      let levels = zip(first.levels, pair.bestSecond).compactMap { level, best in
        best.map {
          "\(space.dimensions[pair.first].shown(level.number)) → "
            + space.dimensions[pair.second].shown($0)
        }
      }
      guard levels.count > 1 else { return [] }
      return [
        "  best \(names[pair.second]) for each \(names[pair.first]): "
          + levels.joined(separator: ", ")
      ]
    }
  }

  private func strongest(_ importances: Importances) -> [Importances.Pair] {
    importances.pairs.filter { $0.share.value >= 0.01 }.prefix(Self.mostPairs).map { $0 }
  }

  private func words(_ share: Importances.Share) -> String {
    func percent(_ value: Double) -> String { "\(Int((value * 100).rounded()))" }
    return "\(percent(share.value)) % (\(percent(share.low)) to \(percent(share.high)))"
  }

  var json: JSONValue {
    guard let importances else {
      return ["reason": .string(reason ?? ""), "values": .null, "pairs": .null]
    }
    func share(_ share: Importances.Share) -> [JSONValue.Member] {
      [
        .init("share", .number(share.value)), .init("low", .number(share.low)),
        .init("high", .number(share.high)),
      ]
    }
    func name(_ place: Int) -> JSONValue { .string(space.dimensions[place].name) }
    return [
      "reason": .null,
      "values": .array(
        importances.mains.map { .object([.init("key", name($0.dimension))] + share($0.share)) }),
      "pairs": .array(
        importances.pairs.map {
          .object(
            [.init("first", name($0.first)), .init("second", name($0.second))] + share($0.share))
        }),
    ]
  }
}
