/// The keys of a mapping that is being read, with their places.
struct KeyTable {
  private(set) var names: [String] = []
  private var ranges: [SourceRange] = []
  /// Where each name stands among `names`; made once there are too many to look through.
  private var places: [String: Int] = [:]
  private static let few = 16

  /// Notes a key; the place of the one before it that has the same name, if there is one.
  mutating func add(_ name: String, at range: SourceRange) -> SourceRange? {
    if let place = place(of: name) { return ranges[place] }
    names.append(name)
    ranges.append(range)
    if names.count > Self.few {
      if places.isEmpty {
        places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      } else {
        places[name] = names.count - 1
      }
    }
    return nil
  }

  private func place(of name: String) -> Int? {
    names.count > Self.few ? places[name] : names.firstIndex(of: name)
  }
}
