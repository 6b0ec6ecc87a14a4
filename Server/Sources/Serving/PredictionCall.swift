import Tables
import Training

/// What a request for predictions asks, told before its body has come.
struct PredictionCall: Sendable {
  var form: BodyForm
  var answer: BodyForm
  /// The columns that are copied in front of the predictions.
  var kept: [String]

  /// Reads the header fields and the query of a request.
  init(contentType: String?, encoding: String?, accept: String?, query: Query) throws(Problem) {
    if let encoding, encoding.lowercased() != "identity" {
      throw Problem(
        .unsupportedMediaType, "a body with `Content-Encoding: \(encoding)` cannot be read",
        hint: "send it as it is")
    }
    form = try BodyForm(contentType: contentType)
    answer = try BodyForm.answer(accept: accept, to: form)
    kept = []
    for (name, value) in query.items {
      guard name == "keep" else {
        throw Problem(
          .badRequest, "there is no parameter `\(name)`",
          hint: "`keep=COLUMN` copies a column in front of the predictions")
      }
      if !kept.contains(value) { kept.append(value) }
    }
  }
}

/// The part of a target behind `?`.
struct Query: Sendable {
  var items: [(name: String, value: String)] = []

  /// Takes names and values apart and decodes them.
  init(_ text: some StringProtocol) {
    for part in text.split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      items.append((Self.decoded(sides[0]), sides.count > 1 ? Self.decoded(sides[1]) : ""))
    }
  }

  /// A text in which `+` is a blank and `%41` an A.
  private static func decoded(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let digits = bytes[min(place + 1, bytes.count)..<min(place + 3, bytes.count)]
      if bytes[place] == 0x25, digits.count == 2,
        let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        place += 3
      } else {
        decoded.append(bytes[place] == 0x2B ? 0x20 : bytes[place])
        place += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
