import NetworkGraph
import SpecCompiler
import SpecSyntax
import Testing

/// A field of the language, and the lines of a spec that lead to it.
struct MutatedField: Sendable, CustomTestStringConvertible {
  /// The keys from the root; `-` stands for an item of a list.
  var path: [String]
  var type: TypeDescription
  /// For each section on the way, lines that have to stand in it beside what leads to the field.
  var beside: [[String]]

  var name: String { path.last ?? "" }
  var section: [String] { Array(path.dropLast()) }
  var testDescription: String { path.joined(separator: ".") }

  /// Every field of every section, member and operation, by the declarations themselves.
  static let all: [MutatedField] = {
    var found = below(FieldReader.describe(Spec.self), [])
    for variant in Ops.variants.map(\.description) {
      found += below(
        variant.fields, ["model", "layers", "-", variant.name], pad([], to: 4))
    }
    return found
  }()

  private static func below(
    _ fields: [FieldDescription], _ path: [String], _ beside: [[String]] = []
  ) -> [MutatedField] {
    fields.filter { !$0.name.isEmpty }.flatMap { field -> [MutatedField] in
      let own = path + [field.name]
      let lines = beside + [needed(beside: field, among: fields, isTop: path.count < 2)]
      let this = MutatedField(path: own, type: field.type, beside: pad(lines, to: own.count))
      return [this]
        + parts(of: field.type).flatMap {
          // Any column of the table will do, but not any searched key.
          let inner = own.last == "space" ? ["training.batch_size"] + $0.path.dropFirst() : $0.path
          return below($0.fields, own + inner, pad(lines, to: own.count + inner.count))
        }
    }
  }

  /// What a section needs beside a field: other fields without a default, and where the field
  /// belongs to one member of a family, that member's name.
  private static func needed(
    beside field: FieldDescription, among fields: [FieldDescription], isTop: Bool
  ) -> [String] {
    guard !isTop else { return [] }
    if field.isBesideDomain(fields) { return ["integer: [8, 64]"] }
    let member = field.members.first
    let required = fields.filter { other in
      other.defaultText == nil && !other.name.isEmpty && other.name != field.name
        && (other.members.isEmpty || member.map { other.members.contains($0) } ?? false)
    }
    return (member.map { ["schedule: \($0)"] } ?? [])
      + required.map { "\($0.name): \($0.type.isChoice ? "relu" : "1")" }
  }

  private static func pad(_ lines: [[String]], to count: Int) -> [[String]] {
    lines + Array(repeating: [], count: max(0, count - lines.count))
  }

  /// The fields below a value: of a section, or of each member of a family.
  private static func parts(
    of type: TypeDescription
  ) -> [(path: [String], fields: [FieldDescription])] {
    switch type {
    case .section(let fields): [([], fields)]
    case .variant(_, let members): members.map { ([$0.name], $0.fields) }
    case .auto(let type), .optional(let type): parts(of: type)
    case .either(let first, let second): parts(of: first) + parts(of: second)
    case .map(let item): parts(of: item).map { (["area"] + $0.path, $0.fields) }
    case .integer, .number, .share, .boolean, .text, .choice, .anything, .list: []
    }
  }

  /// A spec in which the field's line is `line`, and the number of that line and its column.
  func spec(_ line: String) -> (text: String, line: Int, column: Int) {
    var data = ["  source: prices.csv", "  target: price"]
    var rest: [String] = []
    var indent = 0
    var lines: [String] = []
    for (depth, key) in section.enumerated() {
      let blanks = String(repeating: " ", count: indent)
      lines += beside[depth].map { blanks + $0 }
      lines.append(key == "-" ? String(repeating: " ", count: indent - 2) + "-" : blanks + key + ":")
      indent += 2
    }
    let blanks = String(repeating: " ", count: indent)
    lines += beside[section.count].map { blanks + $0 } + [blanks + line]
    // `- dense:` stands on one line; what is under it is two further in.
    let joined = Self.joiningItems(lines)
    if path.first == "data", path.count > 1 {
      let replaced = ["source", "target"].contains(name) && path.count == 2
      if replaced { data.removeAll { $0.hasPrefix("  \(name):") } }
      data += joined.dropFirst()
    } else if path == ["data"] {
      data = []
      rest = joined
    } else {
      rest = joined
    }
    var all = path == ["plumb"] ? [] : ["plumb: 1"]
    if path != ["data"] { all += ["data:"] + data }
    all += rest
    return (all.joined(separator: "\n") + "\n", all.count, indent + 1)
  }

  private static func joiningItems(_ lines: [String]) -> [String] {
    var result: [String] = []
    for line in lines {
      if let last = result.last, last.hasSuffix("-"), last.drop(while: { $0 == " " }) == "-" {
        result[result.count - 1] = last + " " + line.drop { $0 == " " }
      } else {
        result.append(line)
      }
    }
    return result
  }

  /// The name with its middle letter doubled.
  var misspelt: String {
    let middle = name.index(name.startIndex, offsetBy: name.count / 2)
    return String(name[...middle]) + String(name[middle...])
  }
}

extension FieldDescription {
  /// Whether it says more about a searched key, which needs its values first.
  fileprivate func isBesideDomain(_ fields: [FieldDescription]) -> Bool {
    let domains = ["real", "integer", "choice"]
    return fields.prefix(3).map(\.name) == domains && !domains.contains(name)
  }
}

extension TypeDescription {
  var isChoice: Bool { if case .choice = self { true } else { false } }

  /// A value that the type never takes; nil where every kind of value has a meaning.
  var misfit: String? {
    switch self {
    case .integer, .number, .share, .boolean, .text, .choice: "{zz: 1}"
    case .section, .map, .variant: "[1]"
    case .anything: nil
    case .list(.anything): "{zz: 1}"
    // A list in place of an item would be taken for the list.
    case .list(let item): item.misfit == "[1]" ? nil : item.misfit
    case .auto(let type), .optional(let type): type.misfit
    case .either(let first, let second):
      ["{zz: 1}", "[1]", "3"].first { !first.mayTake($0) && !second.mayTake($0) }
    }
  }

  /// Whether a type takes values of the kind of a text.
  private func mayTake(_ text: String) -> Bool {
    switch self {
    case .integer, .number, .share: text == "3"
    case .boolean, .choice: false
    case .anything: true
    case .text: text == "3"
    case .section, .map: text.hasPrefix("{")
    case .variant: text.hasPrefix("{")
    case .list(.anything): text.hasPrefix("[")
    case .list(let item): text.hasPrefix("[") || item.mayTake(text)
    case .auto(let type), .optional(let type): type.mayTake(text)
    case .either(let first, let second): first.mayTake(text) || second.mayTake(text)
    }
  }

  /// A number just outside the range, if the type is a number with a range.
  var outside: String? {
    switch self {
    case .integer(let range): range.outside(isWhole: true)
    case .number(let range): range.outside(isWhole: false)
    case .auto(let type), .optional(let type): type.outside
    case .share, .boolean, .text, .choice, .anything, .list, .map, .section, .variant, .either: nil
    }
  }

  /// Whether the type is a number, and nothing else.
  var isNumber: Bool {
    switch self {
    case .integer, .number: true
    case .auto(let type), .optional(let type): type.isNumber
    case .share, .boolean, .text, .choice, .anything, .list, .map, .section, .variant, .either: false
    }
  }
}

extension NumberRange {
  fileprivate func outside(isWhole: Bool) -> String? {
    switch (lower, upper) {
    case (.including(let bound), _): isWhole ? "\(Int(bound) - 1)" : "\(bound - 0.5)"
    case (.excluding(let bound), _): isWhole ? "\(Int(bound))" : "\(bound)"
    case (nil, .including(let bound)): isWhole ? "\(Int(bound) + 1)" : "\(bound + 0.5)"
    case (nil, .excluding(let bound)): isWhole ? "\(Int(bound))" : "\(bound)"
    case (nil, nil): nil
    }
  }
}
