import Testing

@testable import SpecSyntax

/// Numbers from a seed, for texts that are made by chance.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct TextLawTests {
  private static let seeds = Array(UInt64(1)...8)

  /// A block of keys with values of every style.
  private func block(_ numbers: inout SeededNumbers, depth: Int, indent: String) -> String {
    var text = ""
    for i in 0..<Int.random(in: 1...4, using: &numbers) {
      let key = ["a", "größe", "\"q k\"", "年"].randomElement(using: &numbers) ?? "a"
      text += indent + (key.hasPrefix("\"") ? "\"q\(i)\"" : "\(key)\(i)") + ":"
      switch depth > 0 ? Int.random(in: 0...8, using: &numbers) : 0 {
      case 0: text += " 1e-3\n"
      case 1: text += "\n" + block(&numbers, depth: depth - 1, indent: indent + "  ")
      case 2: text += " [1, 'b', {c: \"d\"}] # note\n"
      case 3: text += " |\n\(indent)  literal # text\n\(indent)  more\n"
      case 4: text += "\n\(indent)- x\n\(indent)- y: 1\n\(indent)  z: 2\n"
      case 5: text += " 'it''s' # 年\n"
      case 6: text += "\n# comment\n"
      case 7: text += " \"\\u00e9 \\n\"\r\n"
      default: text += " {k: [], l: }\n"
      }
    }
    return text
  }

  private func mutated(_ text: String, _ numbers: inout SeededNumbers) -> [UInt8] {
    var bytes = Array(text.utf8)
    let pieces = [
      "[", "]", "{", "}", ": ", "\n", "\t", "\"", "'", "#", " #", "- ", "&a ", "*a",
      "<<: ", "!", "|", ">", "%", "@", "\\", "\u{2028}", "\u{FEFF}", "\0", "---\n", "...\n",
    ]
    for _ in 0..<Int.random(in: 1...4, using: &numbers) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &numbers)
      switch Int.random(in: 0...3, using: &numbers) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 9))
      default:
        bytes.insert(contentsOf: (pieces.randomElement(using: &numbers) ?? "").utf8, at: place)
      }
    }
    return bytes
  }

  @Test("generated specs are read without a finding", arguments: seeds)
  func generated(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for round in 0..<20 {
      let text = block(&numbers, depth: 3, indent: "")
      let source = SourceText(name: "seed \(seed) round \(round)", text: text)
      var log = DiagnosticLog()
      _ = parse(source, into: &log)
      #expect(log.diagnostics.map(\.message) == [], "\(source.name)")
      checkRanges(of: source, "\(source.name)")
    }
  }

  @Test("no mutated spec traps, and every range lies in its text", arguments: seeds)
  func mutations(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    for round in 0..<150 {
      let text = block(&numbers, depth: 2, indent: "")
      let bytes = mutated(text, &numbers)
      checkRanges(of: SourceText(name: "seed \(seed) round \(round)", bytes: bytes), "seed \(seed)")
    }
  }

  @Test("every prefix of a spec is answered")
  func prefixes() {
    let text = "a: &x {b: [1, \"c\"], d: 'e'} # f\ng:\n  - <<: *x\n    h: |\n      i\n  - !!str j\n"
    let bytes = Array(text.utf8)
    for end in bytes.indices {
      checkRanges(of: SourceText(name: "prefix \(end)", bytes: Array(bytes[..<end])))
    }
  }

  @Test(
    "offset to line and column and back is the same offset",
    arguments: [
      "a: 1\nb: 2\n", "a\r\nb\rc\n\n", "\u{FEFF}größe: 年\n😀: x", "", "\n", "x\u{85}y\u{2028}z",
    ])
  func positions(text: String) {
    let source = SourceText(name: "s", text: text)
    let start = source.hasByteOrderMark ? 3 : 0
    let starts = (start...source.bytes.count).filter {
      $0 == source.bytes.count || source.bytes[$0] & 0xC0 != 0x80
    }
    for offset in starts {
      let position = source.position(of: offset)
      #expect(position.byte == offset && position.line >= 1 && position.column >= 1)
      var back = max(source.lineStarts[position.line - 1], start)
      for _ in 1..<position.column { back += source.scalar(at: back).utf8.count }
      #expect(back == offset)
    }
  }
}
