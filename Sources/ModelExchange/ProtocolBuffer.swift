/// A message of the protocol buffer format, written field by field.
///
/// A field is a key, which holds its number and how its value is written, and the value. What is
/// equal to the field's default may be left out; nothing here does that by itself. The same fields
/// in the same order give the same bytes.
public struct ProtocolBuffer: Sendable, Hashable {
  /// The fields so far.
  public private(set) var bytes: [UInt8] = []

  public init() {}

  /// Builds a message in place.
  public init(_ build: (inout ProtocolBuffer) -> Void) {
    build(&self)
  }

  /// A whole number: `int32`, `int64`, `uint64`, an enumeration's value or a `bool` as 0 or 1.
  public mutating func append(_ field: Int, integer value: Int) {
    appendKey(field, .varint)
    appendVarint(UInt64(bitPattern: Int64(value)))
  }

  /// A `float`.
  public mutating func append(_ field: Int, float value: Float) {
    appendKey(field, .fixed32)
    appendLittleEndian(value.bitPattern, to: &bytes)
  }

  /// A `double`.
  public mutating func append(_ field: Int, double value: Double) {
    appendKey(field, .fixed64)
    appendLittleEndian(value.bitPattern, to: &bytes)
  }

  /// A `string`.
  public mutating func append(_ field: Int, text: String) {
    append(field, bytes: text.utf8)
  }

  /// A field of type `bytes`.
  public mutating func append(_ field: Int, bytes content: some Collection<UInt8>) {
    appendKey(field, .length)
    appendVarint(UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  /// A message within the message.
  public mutating func append(_ field: Int, message: ProtocolBuffer) {
    append(field, bytes: message.bytes)
  }

  /// Repeated whole numbers, packed.
  public mutating func append(_ field: Int, packed values: some Sequence<Int>) {
    var packed = ProtocolBuffer()
    for value in values { packed.appendVarint(UInt64(bitPattern: Int64(value))) }
    append(field, bytes: packed.bytes)
  }

  /// Repeated `float`, packed.
  public mutating func append(_ field: Int, packed values: some Collection<Float>) {
    appendKey(field, .length)
    appendVarint(UInt64(4 * values.count))
    for value in values { appendLittleEndian(value.bitPattern, to: &bytes) }
  }

  /// Repeated `double`, packed.
  public mutating func append(_ field: Int, packed values: some Collection<Double>) {
    appendKey(field, .length)
    appendVarint(UInt64(8 * values.count))
    for value in values { appendLittleEndian(value.bitPattern, to: &bytes) }
  }

  /// How a value is written, as a key says it.
  private enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case length = 2
    case fixed32 = 5
  }

  private mutating func appendKey(_ field: Int, _ type: WireType) {
    precondition(field > 0 && field < 1 << 29, "a field has a number from 1 to 2²⁹ − 1")
    appendVarint(UInt64(field) << 3 | type.rawValue)
  }

  /// Seven bits a byte, the lowest first; all bytes but the last have the top bit set.
  private mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Appends a number's bytes, the lowest first.
func appendLittleEndian<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
  var rest = value
  for _ in 0..<(Value.bitWidth / 8) {
    bytes.append(UInt8(truncatingIfNeeded: rest))
    rest >>= 8
  }
}
