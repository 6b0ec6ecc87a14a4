/// Plain scalars as readers of YAML 1.1 take them, of which PyYAML is the most used.
enum OldScalar: Equatable {
  case text, boolean, date
  case number(Double)

  init(_ text: String) {
    let words = ["yes", "no", "on", "off", "true", "false"]
    let isWord = [text.lowercased(), text.uppercased(), Self.capitalised(text)].contains(text)
    if isWord, words.contains(text.lowercased()) {
      self = .boolean
    } else if let value = Self.integer(text) ?? Self.fraction(text) {
      self = .number(value)
    } else {
      self = Self.isDate(text) ? .date : .text
    }
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst().lowercased()
  }

  /// Whole numbers may have `_` between digits, start with `0` for base 8 or `0b` for base 2, and
  /// have parts of base 60 after colons.
  private static func integer(_ text: String) -> Double? {
    let (sign, digits) = signed(text)
    guard let first = digits.first, first.isNumber else { return nil }
    if digits.hasPrefix("0b") { return value(digits.dropFirst(2), radix: 2).map { sign * $0 } }
    if digits.hasPrefix("0x") { return value(digits.dropFirst(2), radix: 16).map { sign * $0 } }
    if first == "0", digits.count > 1 {
      return value(digits.dropFirst(), radix: 8).map { sign * $0 }
    }
    return sixties(digits).map { sign * $0 } ?? value(digits, radix: 10).map { sign * $0 }
  }

  /// An exponent needs a point before it and a sign of its own.
  private static func fraction(_ text: String) -> Double? {
    let (sign, digits) = signed(text)
    guard let point = digits.firstIndex(of: "."), digits.first != "_" else { return nil }
    let whole = digits[..<point]
    let rest = digits[digits.index(after: point)...]
    let exponent = rest.firstIndex { $0 == "e" || $0 == "E" }
    if let exponent {
      let after = rest[rest.index(after: exponent)...]
      guard after.hasPrefix("+") || after.hasPrefix("-") else { return nil }
    }
    guard !whole.isEmpty || rest.first?.isNumber == true,
      whole.allSatisfy({ ("0"..."9").contains($0) || $0 == "_" })
    else { return nil }
    let plain = digits.filter { $0 != "_" }
    return CoreScalar.number(plain).map { sign * $0 }
  }

  /// `1:30` is 90.
  private static func sixties(_ digits: Substring) -> Double? {
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return nil }
    var sum = 0.0
    for (index, part) in parts.enumerated() {
      guard let value = value(part, radix: 10), index == 0 || (part.count <= 2 && value < 60) else {
        return nil
      }
      sum = sum * 60 + value
    }
    return sum
  }

  private static func signed(_ text: String) -> (Double, Substring) {
    if text.hasPrefix("-") { return (-1, text.dropFirst()) }
    return (1, text.hasPrefix("+") ? text.dropFirst() : text[...])
  }

  private static func value(_ digits: Substring, radix: Int) -> Double? {
    let plain = digits.filter { $0 != "_" }
    guard !plain.isEmpty, plain.first != "-", plain.first != "+" else { return nil }
    return Int(plain, radix: radix).map(Double.init)
  }

  /// `2001-01-01`, alone or before a time.
  private static func isDate(_ text: String) -> Bool {
    let day = text.prefix { $0 != "T" && $0 != "t" && $0 != " " }
    let parts = day.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4 else { return false }
    guard day.count == text.count || text.contains(":") else { return false }
    let isShort = text.count == day.count
    return parts.allSatisfy { $0.allSatisfy { ("0"..."9").contains($0) } }
      && parts.dropFirst().allSatisfy { isShort ? $0.count == 2 : (1...2).contains($0.count) }
  }
}

extension OldScalar {
  /// Why another program may not take a plain scalar for the text that it is here, in words; nil
  /// where every one does, or takes it for what is written the same.
  static func loss(of text: String) -> String? {
    switch OldScalar(text) {
    case .boolean:
      // `true` is the same to all, and then not text to any.
      let isOld = CoreScalar.boolean(text) == nil
      return isOld ? "readers of YAML 1.1 take it for true or false" : nil
    case .date: return "readers of YAML 1.1 take it for a date"
    case .number(let value):
      if text.contains(":") { return "readers of YAML 1.1 take it for \(numberText(value))" }
      return isExact(text) ? nil : "other programs take it for the number \(numberText(value))"
    case .text:
      guard let value = CoreScalar.number(text), !isExact(text) else { return nil }
      return "other programs take it for the number \(numberText(value))"
    }
  }

  /// Whether a number is written as programs print it, so that it is the same text again.
  private static func isExact(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty,
      parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }),
      whole == "0" || !whole.hasPrefix("0")
    else { return false }
    guard parts.count == 2 else { return true }
    return parts[1] == "0" || (!parts[1].isEmpty && !parts[1].hasSuffix("0"))
  }
}
