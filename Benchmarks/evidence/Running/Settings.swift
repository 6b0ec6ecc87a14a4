import SpecCompiler

/// Values of a spec by path, as text; a value replaces what lies below its path, and an item of a
/// list that is set is put into that list.
struct Settings: Sendable, Hashable {
  private(set) var values: [String: String] = [:]

  init(_ pairs: [(path: String, text: String)] = []) {
    for pair in pairs { set(pair.path, to: pair.text) }
  }

  subscript(path: String) -> String? { values[path] }

  mutating func set(_ path: String, to text: String) {
    if let bracket = path.lastIndex(of: "["), path.hasSuffix("]"),
      let index = Int(path[path.index(after: bracket)...].dropLast()),
      let list = values[String(path[..<bracket])], list.hasPrefix("["), list.hasSuffix("]")
    {
      var items = list.dropFirst().dropLast().split(separator: ",").map { item in
        String(item.drop { $0 == " " })
      }
      guard items.indices.contains(index) else { return }
      items[index] = text
      values[String(path[..<bracket])] = "[" + items.joined(separator: ", ") + "]"
      return
    }
    let below = values.keys.filter { $0.hasPrefix(path + ".") || $0.hasPrefix(path + "[") }
    for key in below { values[key] = nil }
    values[path] = text
  }

  /// These with others on top.
  func adding(_ pairs: [(path: String, text: String)]) -> Settings {
    var result = self
    for pair in pairs { result.set(pair.path, to: pair.text) }
    return result
  }

  /// In an order in which a section comes before what lies in it.
  var overrides: [Override] { values.keys.sorted().map { Override("\($0)=\(values[$0] ?? "")") } }

  /// In one line, for people.
  var text: String {
    values.keys.sorted().map { "\($0)=\(values[$0] ?? "")" }.joined(separator: "; ")
  }
}
