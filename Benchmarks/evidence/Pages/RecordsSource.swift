import Foundation
import SpecCompiler

/// The records as the Swift file that `plumb explain` shows them from.
struct RecordsSource {
  let records: [(code: String, record: RuleRecord)]
  /// As in "27 November 2026".
  let date: String
  let command: String
  /// How the tables were used, in a sentence.
  let words: String

  var text: String {
    let lines = records.map { "    made[\"\($0.code)\"] = \(Self.literal($0.record))\n" }
    return """
      /// What trying the rules' advice on real tables showed; written by `plumb-evidence --write`.
      enum RuleRecords {
        static let date = "\(date)"
        static let command = \(Self.quoted(command, indent: 4))
        static let words = \(Self.quoted(words, indent: 4))

        /// By code.
        static let all: [String: RuleRecord] = {
          var made: [String: RuleRecord] = [:]
      \(lines.joined())    return made
        }()
      }

      """
  }

  private static func literal(_ record: RuleRecord) -> String {
    var lines = [
      "RuleRecord(",
      "      .\(name(record.finding)), tables: \(record.tables), seeds: \(record.seeds), "
        + "\(literal(record.effect)), placebo: \(number(record.placebo)),",
      "      \(record.wins), \(record.ties), \(record.losses), \"\(record.measure)\", "
        + "change: \(number(record.change)),",
    ]
    var last = "      probability: \(number(record.probability)), time: \(number(record.time))"
    if !record.losers.isEmpty {
      lines.append(last + ",")
      last = "      losers: [" + record.losers.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
    if let natural = record.natural {
      lines.append(last + ",")
      lines.append("      natural: .init(")
      last = "        .\(name(natural.finding)), fired: \(natural.fired), drawn: \(natural.drawn), "
        + "tables: \(natural.tables), \(literal(natural.effect)))"
    }
    return (lines + [last]).joined(separator: "\n") + ")"
  }

  private static func name(_ finding: RuleRecord.Finding) -> String {
    switch finding {
    case .helps: "helps"
    case .mixed: "mixed"
    case .noDifference: "noDifference"
    case .harms: "harms"
    case .notEnough: "notEnough"
    }
  }

  private static func literal(_ effect: RuleRecord.Effect?) -> String {
    guard let effect else { return "nil" }
    return ".init(\(number(effect.median)), \(number(effect.low)), \(number(effect.high)))"
  }

  /// With three digits, or four places where that is more.
  private static func number(_ value: Double?) -> String {
    guard let value else { return "nil" }
    let text = String(format: abs(value) < 1 ? "%.4f" : "%.3g", value)
    guard let read = Double(text) else { return "nil" }
    return read == 0 ? "0" : "\(read)"
  }

  /// A text in lines of at most 90 characters.
  private static func quoted(_ text: String, indent: Int) -> String {
    var (lines, line) = ([String](), "")
    for word in text.split(separator: " ") {
      if line.count + word.count > 85 {
        lines.append(line + "\\")
        line = ""
      }
      line += word + " "
    }
    lines.append(String(line.dropLast()))
    let space = String(repeating: " ", count: indent)
    return "\"\"\"\n" + lines.map { "\(space)\($0)\n" }.joined() + space + "\"\"\""
  }
}
