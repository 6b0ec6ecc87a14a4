import SpecSyntax
import TestSupport
import Testing

/// A working spec with one mistake, and where the mistake has to be found.
///
///     ## a misspelt key of `training` | K101 | full
///     -  batch_size: 32
///     +  «btach_size»: 32
///     =  batch_size: 32
///
/// The lines after `-`, which the base spec has once, are replaced by those after `+`; `=` has
/// what fixing makes of them. `«` and `»` stand around what the finding has to underline, so that
/// its line and columns follow from the text alone. A base `-` is an empty text. `<U+00A0>` stands
/// for a character that cannot be seen.
struct CorpusCase: Sendable, CustomTestStringConvertible {
  var title: String
  var codes: [String]
  /// The text with the mistake.
  var text: String
  /// Lines and columns from 1 where each finding begins and ends.
  var places: [Place]
  /// The text after fixing, where the case says it.
  var fixed: String?
  /// What is wrong with the case itself.
  var fault: String?

  struct Place: Equatable, CustomStringConvertible {
    var line: Int
    var column: Int
    var endLine: Int
    var endColumn: Int

    var description: String { "\(line):\(column)-\(endLine):\(endColumn)" }
  }

  var testDescription: String { title }

  /// All cases of a file of the corpus.
  static func all(in file: String) -> [CorpusCase] {
    let text = Repository.text("\(CorpusFiles.folder)/\(file)")
    var blocks: [[Substring]] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") {
        blocks.append([line.dropFirst(3)])
      } else if !blocks.isEmpty, let first = line.first, "-+=".contains(first) {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks.map { CorpusCase($0) }
  }

  private init(_ block: [Substring]) {
    let head = block[0].split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
    title = head[0]
    codes = head.count > 1 ? head[1].split(separator: " ").map(String.init) : []
    let base = head.count > 2 && head[2] != "-" ? CorpusFiles.base(head[2]) : ""
    func lines(_ sign: Character) -> [String] {
      block.dropFirst().filter { $0.first == sign }.map { Self.shown(String($0.dropFirst())) }
    }
    let old = lines("-").map { $0 + "\n" }.joined()
    let (marked, repaired) = (lines("+"), lines("="))
    let mistake = marked.map { $0 + "\n" }.joined()
    if base.isEmpty {
      (text, fault) = (mistake, head.count > 2 && head[2] != "-" ? "no base \(head[2])" : nil)
    } else {
      let parts = ("\n" + base).components(around: "\n" + old)
      fault = old.isEmpty || parts.count != 2 ? "what is replaced stands there \(parts.count - 1) times" : nil
      let before = parts[0].isEmpty ? "" : String(parts[0].dropFirst()) + "\n"
      let after = parts.count > 1 ? parts[1] : ""
      text = before + mistake + after
      if !repaired.isEmpty { fixed = before + repaired.map { $0 + "\n" }.joined() + after }
    }
    if base.isEmpty, !repaired.isEmpty { fixed = repaired.map { $0 + "\n" }.joined() }
    places = []
    (text, places) = Self.unmarked(text)
    if places.count != codes.count { fault = fault ?? "\(codes.count) codes, \(places.count) marks" }
  }

  /// The text without marks, and where they stood.
  private static func unmarked(_ text: String) -> (String, [Place]) {
    var (plain, places) = ("", [Place]())
    var (line, column) = (1, 1)
    var start: (Int, Int)?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "«": start = (line, column)
      case "»":
        let first = start ?? (line, column)
        places.append(Place(line: first.0, column: first.1, endLine: line, endColumn: column))
      default:
        plain.unicodeScalars.append(scalar)
        if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
      }
    }
    return (plain, places)
  }

  /// `<U+00A0>` as the character itself.
  private static func shown(_ text: String) -> String {
    var parts = text.components(around: "<U+")
    var result = parts.removeFirst()
    for part in parts {
      let digits = part.prefix { $0 != ">" }
      let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
      result.unicodeScalars.append(scalar ?? "?")
      result += part.dropFirst(digits.count + 1)
    }
    return result
  }
}

extension String {
  /// The parts around a separator.
  fileprivate func components(around separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
