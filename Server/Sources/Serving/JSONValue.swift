import Training

/// A value of JSON whose members keep their order.
indirect enum JSONValue: Sendable, Hashable, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral
{
  case null
  case truth(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([Member])

  struct Member: Sendable, Hashable {
    var name: String
    var value: JSONValue
  }

  init(stringLiteral text: String) { self = .text(text) }
  init(booleanLiteral truth: Bool) { self = .truth(truth) }
  init(integerLiteral number: Int) { self = .number(Double(number)) }
  init(arrayLiteral values: JSONValue...) { self = .list(values) }

  /// An object with members in this order; those without a value are left out.
  static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
  }

  static func texts(_ texts: some Sequence<String>) -> JSONValue { .list(texts.map { .text($0) }) }

  /// The value as it is sent, on one line.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  private func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += Array("null".utf8)
    case .truth(let truth): bytes += Array((truth ? "true" : "false").utf8)
    case .number(let number): bytes += Array(numberText(number).utf8)
    case .text(let text): PredictionFormat.jsonl.append(text.utf8, to: &bytes)
    case .list(let values):
      bytes.append(0x5B)
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        value.append(to: &bytes)
      }
      bytes.append(0x5D)
    case .object(let members):
      bytes.append(0x7B)
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        PredictionFormat.jsonl.append(member.name.utf8, to: &bytes)
        bytes.append(0x3A)
        member.value.append(to: &bytes)
      }
      bytes.append(0x7D)
    }
  }
}

/// A number as JSON and the text format of Prometheus have it; whole ones without a fraction.
func numberText(_ number: Double) -> String {
  guard number.isFinite else { return "null" }
  let text = "\(number)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
