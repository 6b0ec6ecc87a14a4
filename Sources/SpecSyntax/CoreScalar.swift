/// Plain scalars as the core schema of YAML 1.2 reads them.
public enum CoreScalar {
  /// `true`, `True`, `TRUE` and the same for false.
  public static func boolean(_ text: String) -> Bool? {
    switch text {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  /// Decimal with an optional sign, `0o17` or `0x1F`; nil beyond 64 bits.
  public static func integer(_ text: String) -> Int? {
    if text.hasPrefix("0o") { return digits(text.dropFirst(2), radix: 8) }
    if text.hasPrefix("0x") { return digits(text.dropFirst(2), radix: 16) }
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard !unsigned.isEmpty, unsigned.utf8.allSatisfy(isDigit) else { return nil }
    return Int(text)
  }

  /// Any number of the core schema, `.inf` and `.nan` included; `1e400` is infinite.
  public static func number(_ text: String) -> Double? {
    if let integer = integer(text) { return Double(integer) }
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .infinity
    case "-.inf", "-.Inf", "-.INF": return -.infinity
    case ".nan", ".NaN", ".NAN": return .nan
    default: break
    }
    var bytes = text.utf8[...]
    if bytes.first == 0x2B || bytes.first == 0x2D { bytes.removeFirst() }
    let whole = bytes.prefix(while: isDigit)
    bytes.removeFirst(whole.count)
    var fraction = 0
    if bytes.first == 0x2E {
      bytes.removeFirst()
      fraction = bytes.prefix(while: isDigit).count
      bytes.removeFirst(fraction)
    }
    guard whole.count + fraction > 0 else { return nil }
    if bytes.first == 0x65 || bytes.first == 0x45 {
      bytes.removeFirst()
      if bytes.first == 0x2B || bytes.first == 0x2D { bytes.removeFirst() }
      guard !bytes.isEmpty, bytes.allSatisfy(isDigit) else { return nil }
      bytes = bytes.suffix(0)
    }
    guard bytes.isEmpty else { return nil }
    return Double(text.hasSuffix(".") ? text + "0" : text.replacingDotBeforeExponent)
  }

  private static func digits(_ text: Substring, radix: Int) -> Int? {
    guard let first = text.first, first != "-", first != "+" else { return nil }
    return Int(text, radix: radix)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

extension String {
  /// `1.e3` as `1.0e3`, which is the form the standard library reads.
  fileprivate var replacingDotBeforeExponent: String {
    guard let dot = firstIndex(of: ".") else { return self }
    let next = index(after: dot)
    guard next < endIndex, self[next] == "e" || self[next] == "E" else { return self }
    return self[..<next] + "0" + self[next...]
  }
}
