import Tables

/// Why a request is refused, as `application/problem+json` (RFC 9457) has it.
struct Problem: Error, Sendable {
  var status: Status
  /// Lower case, no full stop, code in backticks.
  var detail: String
  /// What to do about it.
  var hint: String?
  /// The first rows that cannot be predicted.
  var rows: [RowProblem] = []
  /// How many more rows there are.
  var moreRows = 0
  /// Seconds after which trying again may help.
  var retryAfter: Int?
  /// The methods that would be allowed.
  var allowed: String?

  init(_ status: Status, _ detail: String, hint: String? = nil) {
    (self.status, self.detail, self.hint) = (status, detail, hint)
  }

  /// How many rows are named.
  static let mostRows = 20

  /// Rows that cannot be predicted, in their order; lines are not told for documents of JSON.
  init(rows problems: [RowProblem], tellsLines: Bool) {
    rows = problems.prefix(Self.mostRows).map { problem in
      var told = problem
      if !tellsLines { told.line = nil }
      return told
    }
    moreRows = problems.count - rows.count
    status = .unprocessableContent
    detail = rows.first?.words ?? ""
    hint = "correct the rows that `errors` names, or leave them out; nothing was predicted"
  }

  /// The longest body was passed.
  static func tooLarge(_ maximumBytes: Int) -> Problem {
    Problem(
      .contentTooLarge, "the body is longer than \(maximumBytes) bytes",
      hint: "send the rows in several requests, or start the server with a larger `--max-body`")
  }

  static func tooManyRows(_ maximumRows: Int) -> Problem {
    Problem(
      .contentTooLarge, "the body has more than \(maximumRows) rows",
      hint: "send the rows in several requests, or start the server with a larger `--max-rows`")
  }

  /// The server has as much to do as it may have.
  static func busy(_ detail: String) -> Problem {
    var problem = Problem(.unavailable, detail, hint: "try again in a moment")
    problem.retryAfter = 1
    return problem
  }

  var reply: Reply {
    let errors = rows.map { row in
      JSONValue.members([
        "row": .number(Double(row.row)), "line": row.line.map { .number(Double($0)) },
        "message": .text(row.message),
      ])
    }
    let document = JSONValue.members([
      "type": "about:blank", "title": .text(status.phrase),
      "status": .number(Double(status.rawValue)), "detail": .text(detail),
      "hint": hint.map { .text($0) }, "errors": errors.isEmpty ? nil : .list(errors),
      "more_errors": moreRows > 0 ? .number(Double(moreRows)) : nil,
    ])
    var reply = Reply(status, "application/problem+json", body: document.bytes + [0x0A])
    if let retryAfter { reply = reply.with("Retry-After", "\(retryAfter)") }
    if let allowed { reply = reply.with("Allow", allowed) }
    return reply
  }
}
