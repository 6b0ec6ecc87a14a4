/// A pattern for paths: `*` and `?` within a name, `[a-z]` for one character, `**` for any folders.
public struct GlobPattern: Hashable, Sendable {
  private let segments: [[Character]]
  /// What a path must end with, as far as that is plain ASCII: most do not, and are seen through
  /// at once.
  private let ending: [UInt8]

  public init(_ text: String) {
    segments = text.split(separator: "/").filter { $0 != "." }.map(Array.init)
    let special: [Character] = ["*", "?", "[", "]"]
    let plain = (segments.last ?? []).reversed().prefix { $0.isASCII && !special.contains($0) }
    ending = plain.reversed().compactMap(\.asciiValue)
  }

  /// Whether a text is a pattern rather than a plain path.
  public static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

  /// Whether the whole of a path matches; a path is relative and has `/` between its names.
  public func matches(_ path: String) -> Bool {
    guard path.utf8.suffix(ending.count).elementsEqual(ending) else { return false }
    return matches(path.split(separator: "/").map(Array.init)[...], segments[...])
  }

  private func matches(
    _ names: ArraySlice<[Character]>, _ segments: ArraySlice<[Character]>
  ) -> Bool {
    guard let segment = segments.first else { return names.isEmpty }
    guard segment != ["*", "*"] else {
      return (0...names.count).contains { matches(names.dropFirst($0), segments.dropFirst()) }
    }
    guard let name = names.first, Self.matches(name[...], segment[...]) else { return false }
    return matches(names.dropFirst(), segments.dropFirst())
  }

  /// Whether a name matches a segment; each star takes as little as it can, and more on failure.
  private static func matches(
    _ name: ArraySlice<Character>, _ segment: ArraySlice<Character>
  ) -> Bool {
    var (name, segment) = (name, segment)
    var retry: (name: ArraySlice<Character>, segment: ArraySlice<Character>)?
    while true {
      if segment.first == "*" {
        retry = (name, segment)
        segment = segment.dropFirst()
      } else if let next = name.first, let rest = afterOne(next, segment) {
        (name, segment) = (name.dropFirst(), rest)
      } else if name.isEmpty, segment.isEmpty {
        return true
      } else if let last = retry, !last.name.isEmpty {
        retry = (last.name.dropFirst(), last.segment)
        (name, segment) = (last.name.dropFirst(), last.segment.dropFirst())
      } else {
        return false
      }
    }
  }

  /// What is left of a segment after it has taken one character; nil if it does not take it.
  private static func afterOne(
    _ character: Character, _ segment: ArraySlice<Character>
  ) -> ArraySlice<Character>? {
    switch segment.first {
    case nil: return nil
    case "?": return segment.dropFirst()
    case "[":
      guard let close = segment.dropFirst(2).firstIndex(of: "]") else {
        return character == "[" ? segment.dropFirst() : nil
      }
      var choices = segment[(segment.startIndex + 1)..<close]
      let isNegated = choices.first == "!" || choices.first == "^"
      if isNegated { choices = choices.dropFirst() }
      guard holds(choices, character) != isNegated else { return nil }
      return segment[(close + 1)...]
    case let plain: return plain == character ? segment.dropFirst() : nil
    }
  }

  /// Whether a class such as `a-z_` holds a character.
  private static func holds(_ choices: ArraySlice<Character>, _ character: Character) -> Bool {
    var rest = choices
    while let low = rest.popFirst() {
      if rest.first == "-", let high = rest.dropFirst().first {
        rest = rest.dropFirst(2)
        if low <= character, character <= high { return true }
      } else if low == character {
        return true
      }
    }
    return false
  }
}
