import Foundation

@testable import SpecSyntax

/// The cases of the YAML Test Suite and what libyaml is known to make of them differently.
struct YAMLSuite: Decodable {
  struct Case: Decodable, Sendable {
    var id: String
    var yaml: String
    var error: Bool?
    var events: [String]
    var skip: Bool?
  }

  struct Deviations: Decodable {
    struct Deviation: Decodable {
      var result: String
      var events: [String]?
    }
    var deviations: [String: Deviation]
  }

  var cases: [Case]

  static let folder: String = {
    let shared = ProcessInfo.processInfo.environment["PLUMB_SHARED"] ?? "../shared"
    return shared + "/yaml-test-suite/"
  }()

  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder + "cases.json") }

  static func load<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: folder + name)))
  }
}

extension YAMLEvent {
  /// The event as the suite writes it.
  var suiteLine: String {
    switch kind {
    case .streamStart: return "+STR"
    case .streamEnd: return "-STR"
    case .documentStart(_, let isExplicit): return isExplicit ? "+DOC ---" : "+DOC"
    case .documentEnd(let isExplicit): return isExplicit ? "-DOC ..." : "-DOC"
    case .alias(let name): return "=ALI *\(name)"
    case .sequenceStart(let properties, let isFlow):
      return "+SEQ" + (isFlow ? " []" : "") + properties.suiteText
    case .sequenceEnd: return "-SEQ"
    case .mappingStart(let properties, let isFlow):
      return "+MAP" + (isFlow ? " {}" : "") + properties.suiteText
    case .mappingEnd: return "-MAP"
    case .scalar(let scalar, let properties):
      return "=VAL" + properties.suiteText + " " + scalar.style.suiteSign + escaped(scalar.text)
    }
  }

  private func escaped(_ text: String) -> String {
    let escapes: [Unicode.Scalar: String] = [
      "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\u{8}": "\\b", "\0": "\\0",
    ]
    return text.unicodeScalars.map { escapes[$0] ?? String(Character($0)) }.joined()
  }
}

extension YAMLEvent.Properties {
  fileprivate var suiteText: String {
    (anchor.map { " &\($0)" } ?? "") + (tag.map { " <\($0)>" } ?? "")
  }
}

extension Scalar.Style {
  fileprivate var suiteSign: String {
    switch self {
    case .plain: ":"
    case .singleQuoted: "'"
    case .doubleQuoted: "\""
    case .literal: "|"
    case .folded: ">"
    }
  }
}
