import ArgumentParser
import SpecSyntax
import Tuning

/// A key with its levels, as `--vary` gives them: `training.batch_size=16,64`.
struct VariedKey: ExpressibleByArgument, Hashable {
  let key: String
  /// As a spec writes them.
  let levels: [String]

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      return nil
    }
    key = String(argument[..<equals])
    levels = Self.levels(in: argument[argument.index(after: equals)...])
  }

  /// What stands between commas, except for commas within brackets and quotes.
  private static func levels(in text: Substring) -> [String] {
    var levels: [String] = []
    var (level, depth) = ("", 0)
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else {
        switch character {
        case "\"", "'": quote = character
        case "[", "{": depth += 1
        case "]", "}": depth -= 1
        case "," where depth == 0:
          levels.append(trimmed(level))
          level = ""
          continue
        default: break
        }
      }
      level.append(character)
    }
    return levels + [trimmed(level)]
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// Why it cannot be varied whatever the spec; nil if it can.
  var mistake: String? {
    let words = "--vary \(escapedForTerminal(key))"
    if levels.contains("") { return "\(words): a level is empty" }
    guard levels.count > 1 else {
      return "\(words) has one level: write two or more, or --set for one value"
    }
    for (index, level) in levels.enumerated() where levels[..<index].contains(level) {
      return "\(words) has the level `\(escapedForTerminal(level))` twice"
    }
    return reason.map { "\(words): \($0)" }
  }

  /// The key as an axis between two numbers, a third word giving its scale; nil for anything else.
  var axis: SurfaceAxis? {
    guard levels.count == 2 || (levels.count == 3 && ["log", "linear"].contains(levels[2])),
      let low = Double(levels[0]), let high = Double(levels[1]), low.isFinite, high.isFinite,
      low < high
    else { return nil }
    let isLogarithmic = levels.count == 3 ? levels[2] == "log" : nil
    guard isLogarithmic != true || low > 0 else { return nil }
    return SurfaceAxis(
      key: key, low: low, high: high, isLogarithmic: isLogarithmic,
      isWhole: Int(levels[0]) != nil && Int(levels[1]) != nil)
  }

  /// Keys that would change by what is judged, or nothing.
  private var reason: String? {
    let reasons = [
      ("training.seed", "every cell is trained with several seeds already; --seeds says how many"),
      ("training.metrics", "the score must be the same for all; --metric chooses it"),
      ("data.source", "cells are judged by the same rows; train a spec for each table"),
      ("data.labels", "cells are judged by the same rows; train a spec for each table"),
      ("data.target", "cells must predict the same"),
      ("data.task", "cells must predict the same"),
      ("search", "nothing is searched here; name the key itself"),
    ]
    return reasons.first { key == $0.0 || key.hasPrefix($0.0 + ".") }?.1
  }

  /// Whether two keys set values within each other.
  func overlaps(_ other: VariedKey) -> Bool {
    let (own, others) = (SpecPath(key).steps, SpecPath(other.key).steps)
    return own.starts(with: others) || others.starts(with: own)
  }
}
