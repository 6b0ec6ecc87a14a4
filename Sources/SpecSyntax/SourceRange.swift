/// A half-open range of byte offsets in one of a compilation's source texts.
public struct SourceRange: Hashable, Sendable {
  /// Which text: an index into the compilation's sources; 0 is the spec itself.
  public var source: Int
  /// Offset of the first byte.
  public var lower: Int
  /// Offset after the last byte; equal to `lower` for an empty range.
  public var upper: Int

  public init(source: Int = 0, lower: Int, upper: Int) {
    precondition(lower >= 0 && lower <= upper, "a source range runs forward")
    self.source = source
    self.lower = lower
    self.upper = upper
  }

  /// The empty range at the start of the spec, for values nobody wrote.
  public static let none = SourceRange(lower: 0, upper: 0)

  public var isEmpty: Bool { lower == upper }

  /// The smallest range that holds both; both must lie in the same text.
  public func union(_ other: SourceRange) -> SourceRange {
    SourceRange(source: source, lower: min(lower, other.lower), upper: max(upper, other.upper))
  }
}
