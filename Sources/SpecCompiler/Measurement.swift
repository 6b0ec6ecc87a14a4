/// Something that was measured for a page of advice, with what it rests on: rows, steps, seeds.
public struct Measurement: Sendable, Encodable, Equatable {
  /// What was looked at, in two or three words.
  public var subject: String
  /// What was seen.
  public var words: String

  public init(_ subject: String, _ words: String) {
    self.subject = subject
    self.words = words
  }
}

extension [Measurement] {
  /// A line for each, the words below each other.
  var text: String {
    let width = map(\.subject.count).max() ?? 0
    return map { measurement in
      let gap = String(repeating: " ", count: width - measurement.subject.count + 2)
      return "  " + measurement.subject + gap
        + wrapped(measurement.words, width: 94 - width, indent: width + 4)
    }.joined(separator: "\n")
  }
}
