/// A value and the place where the user wrote it.
///
/// `layer.units` is the number, `layer.$units` its place. For a value that was not written the
/// place is that of the enclosing section, and `isWritten` of the wrapper is false.
@propertyWrapper
public struct Located<Value: Sendable>: Sendable {
  public var wrappedValue: Value
  /// Where the value stands; for an absent value, where its section stands.
  public var projectedValue: SourceRange
  /// Whether the author wrote the value, rather than leaving it to a default.
  public var isWritten: Bool

  public init(wrappedValue: Value, at range: SourceRange = .none, isWritten: Bool = false) {
    self.wrappedValue = wrappedValue
    self.projectedValue = range
    self.isWritten = isWritten
  }
}

extension Located: Equatable where Value: Equatable {}
