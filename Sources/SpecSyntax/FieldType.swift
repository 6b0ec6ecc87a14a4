/// What a field accepts: how it is read, described and shown.
public struct FieldType<Value: Sendable>: Sendable {
  /// Makes the placeholder, which is rarely needed and may be a whole section.
  private let makePlaceholder: @Sendable () -> Value
  let describe: @Sendable () -> TypeDescription
  /// Reads a node, or reports why it cannot and returns nil.
  let read: @Sendable (Node, SpecPath, ReadingSession) -> Value?
  /// The value as it would be written in a flow mapping.
  let show: @Sendable (Value) -> String

  init(
    placeholder: @autoclosure @escaping @Sendable () -> Value,
    describe: @escaping @Sendable () -> TypeDescription,
    read: @escaping @Sendable (Node, SpecPath, ReadingSession) -> Value?,
    show: @escaping @Sendable (Value) -> String
  ) {
    makePlaceholder = placeholder
    self.describe = describe
    self.read = read
    self.show = show
  }

  /// Stands in for a value that could not be read, so that reading can go on.
  var placeholder: Value { makePlaceholder() }
}

/// Types that are a mapping with fields of their own.
public protocol FieldReadable: Sendable {
  /// Asks for every field, always; relations between fields are checked afterwards.
  init(reading fields: inout FieldReader)
}

/// A value that may be left to a rule.
public enum Setting<Value: Sendable>: Sendable {
  case auto
  case value(Value)

  /// The value, or nil while it is open.
  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The value; asking before the spec is resolved is a mistake of ours.
  public var decided: Value {
    guard case .value(let value) = self else {
      preconditionFailure("a setting is asked for before it is resolved")
    }
    return value
  }
}

extension Setting: Equatable where Value: Equatable {}
extension Setting: Hashable where Value: Hashable {}

/// A part of the rows or steps: a share such as `20%`, or a count.
public enum Amount: Hashable, Sendable {
  case share(Double)
  case count(Int)

  public var text: String {
    switch self {
    case .share(let share): numberText((share * 1e12).rounded() / 1e10) + "%"
    case .count(let count): String(count)
    }
  }

  /// How many of `total` it is, rounded to the nearest.
  public func of(_ total: Int) -> Int {
    switch self {
    case .share(let share): Int((share * Double(total)).rounded())
    case .count(let count): min(count, total)
    }
  }
}

extension FieldType where Value == Int {
  /// A whole number in a range.
  public static func integer(_ range: ClosedRange<Int>) -> FieldType {
    let allowed = NumberRange(
      lower: range.lowerBound == .min ? nil : .including(Double(range.lowerBound)),
      upper: range.upperBound >= maximum ? nil : .including(Double(range.upperBound)))
    return FieldType(
      placeholder: range.lowerBound > 0 ? range.lowerBound : 0,
      describe: { .integer(allowed) },
      read: { node, path, session in
        guard let value = session.integer(node, path, wanted: .integer(allowed)) else { return nil }
        guard range.contains(value) else {
          let isAbove = value > range.upperBound
          let wanted = isAbove ? "at most \(range.upperBound)" : allowed.words
          session.report(.outOfRange(node, value: String(value), wanted: wanted, path: path))
          return nil
        }
        return value
      },
      show: { String($0) })
  }

  /// A whole number of at least 1 that fits in 32 bits, so that products of two of them fit.
  public static var positive: FieldType { integer(1...maximum) }
  /// A whole number of at least 0 that fits in 32 bits.
  public static var nonNegative: FieldType { integer(0...maximum) }

  private static var maximum: Int { 2_147_483_647 }
}

extension FieldType where Value == Double {
  /// A finite number in a range.
  public static func number(_ range: NumberRange = .all) -> FieldType {
    FieldType(
      placeholder: 1,
      describe: { .number(range) },
      read: { node, path, session in
        guard let value = session.number(node, path, wanted: .number(range)) else { return nil }
        guard value.isFinite, range.contains(value) else {
          session.report(
            .outOfRange(
              node, value: node.scalar?.text ?? "",
              wanted: range == .all ? "finite" : range.words, path: path))
          return nil
        }
        return value
      },
      show: { numberText($0) })
  }

  /// A number above 0.
  public static var positive: FieldType { number(.above(0)) }
  /// A number of at least 0.
  public static var nonNegative: FieldType { number(.atLeast(0)) }
  /// A number from 0 up to, but not including, 1.
  public static var fraction: FieldType { number(.atLeast(0, below: 1)) }
}

extension FieldType where Value == Bool {
  public static var boolean: FieldType {
    FieldType(
      placeholder: false, describe: { .boolean },
      read: { node, path, session in session.boolean(node, path) },
      show: { $0 ? "true" : "false" })
  }
}

extension FieldType where Value == String {
  /// Text as written, whatever it looks like; `what` names it for messages: "column name".
  public static func text(_ what: String) -> FieldType {
    FieldType(
      placeholder: "", describe: { .text(what) },
      read: { node, path, session in session.text(node, path, wanted: .text(what)) },
      show: { scalarText($0) })
  }

  /// Text that may be empty: `""` or nothing at all.
  public static func textOrEmpty(_ what: String) -> FieldType {
    FieldType(
      placeholder: "", describe: { .text(what) },
      read: { node, path, session in
        if let scalar = node.scalar {
          session.checkText(node, path)
          return scalar.text
        }
        session.report(.wrongType(node, wanted: .text(what), path: path))
        return nil
      },
      show: { scalarText($0) })
  }
}

extension FieldType where Value == Amount {
  /// `20%`, `0.2` or a count; a share lies from 0 to below 1.
  public static var amount: FieldType {
    FieldType(
      placeholder: .count(0),
      describe: { .either(.share, .integer(.atLeast(0))) },
      read: { node, path, session in session.amount(node, path) },
      show: { $0.text })
  }
}
