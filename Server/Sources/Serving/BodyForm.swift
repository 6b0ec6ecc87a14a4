/// The form of the rows in a body.
enum BodyForm: String, Sendable, Hashable, CaseIterable {
  case json, jsonLines, csv, tsv
  /// IDX or NPY, which say themselves what they are.
  case binary

  /// The media types by which it is sent, the usual one first.
  var mediaTypes: [String] {
    switch self {
    case .json: ["application/json"]
    case .jsonLines:
      [
        "application/x-ndjson", "application/jsonl", "application/ndjson",
        "application/x-jsonlines",
      ]
    case .csv: ["text/csv", "application/csv"]
    case .tsv: ["text/tab-separated-values"]
    case .binary: ["application/octet-stream"]
    }
  }

  /// The media type of an answer in this form.
  var answerType: String {
    switch self {
    case .csv, .tsv: mediaTypes[0] + "; charset=utf-8"
    case .json, .jsonLines, .binary: mediaTypes[0]
    }
  }

  /// The form in which rows of this form are answered where nothing else is asked for.
  var answer: BodyForm { self == .binary ? .json : self }

  /// The forms in which answers are written.
  static let answers: [BodyForm] = [.json, .jsonLines, .csv, .tsv]

  /// The form that a `Content-Type` names.
  init(contentType: String?) throws(Problem) {
    let types = BodyForm.allCases.map { "`\($0.mediaTypes[0])`" }.joined(separator: ", ")
    guard let contentType else {
      throw Problem(
        .unsupportedMediaType, "the request does not say what its body is",
        hint: "send a `Content-Type`, one of \(types)")
    }
    let type = MediaType(contentType)
    guard let form = BodyForm.allCases.first(where: { $0.mediaTypes.contains(type.name) }) else {
      throw Problem(
        .unsupportedMediaType, "a body of `\(type.name)` cannot be read",
        hint: "send one of \(types)")
    }
    let charset = type.parameters["charset"] ?? "utf-8"
    guard ["utf-8", "utf8", "us-ascii"].contains(charset) || form == .binary else {
      throw Problem(
        .unsupportedMediaType, "a body in `\(charset)` cannot be read", hint: "send it in UTF-8")
    }
    self = form
  }

  /// The form that is liked best of those that an `Accept` allows.
  static func answer(accept: String?, to form: BodyForm) throws(Problem) -> BodyForm {
    guard let accept else { return form.answer }
    let ranges = accept.split(separator: ",").map { MediaType(String($0)) }
    let order = [form.answer] + answers.filter { $0 != form.answer }
    var best: (form: BodyForm, quality: Double)?
    for candidate in order {
      let quality = candidate.quality(in: ranges)
      if quality > (best?.quality ?? 0) { best = (candidate, quality) }
    }
    guard let best else {
      let types = answers.map { "`\($0.mediaTypes[0])`" }.joined(separator: ", ")
      throw Problem(
        .notAcceptable, "no answer is of a type that `Accept` allows",
        hint: "accept one of \(types)")
    }
    return best.form
  }

  /// How much it is liked: what the most specific of the ranges that it is in says.
  private func quality(in ranges: [MediaType]) -> Double {
    var found: (rank: Int, quality: Double) = (-1, 0)
    for range in ranges {
      let rank =
        mediaTypes.contains(range.name)
        ? 2
        : mediaTypes.contains { range.name == $0.prefix { $0 != "/" } + "/*" }
          ? 1 : range.name == "*/*" ? 0 : -1
      let quality = Double(range.parameters["q"] ?? "1") ?? 0
      if rank > found.rank { found = (rank, quality) }
    }
    return found.quality
  }
}

/// A media type or range with its parameters, in lower case.
struct MediaType: Hashable {
  var name: String
  var parameters: [String: String] = [:]

  init(_ text: String) {
    let parts = text.lowercased().split(separator: ";", omittingEmptySubsequences: false)
      .map { $0.trimmed }
    name = parts.first ?? ""
    for part in parts.dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1).map { $0.trimmed }
      guard sides.count == 2 else { continue }
      parameters[sides[0]] = sides[1].filter { $0 != "\"" }
    }
  }
}

extension StringProtocol {
  /// The text without blanks around it.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
