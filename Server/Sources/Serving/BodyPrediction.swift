import Tables
import Training

/// Predicts the rows of one body.
struct BodyPrediction {
  let model: ServedModel
  let call: PredictionCall
  /// Whether somebody still waits for the answer.
  let isWanted: () -> Bool

  /// The answer to a body; a problem where its rows cannot be read or predicted, nil where nobody
  /// waits for it any more.
  func reply(to body: [UInt8], with predictor: Predictor) throws(Problem) -> Reply? {
    guard !body.isEmpty else {
      throw Problem(.badRequest, "the body is empty", hint: "send the rows in the body")
    }
    var shape = JSONRows.Shape.member
    var text = body
    switch call.form {
    case .json:
      let rows = try JSONRows(body, maximumRows: model.settings.maximumRows)
      (shape, text) = (rows.shape, rows.lines)
      if rows.count == 0 { return composed([], [], shape) }
    case .jsonLines, .csv, .tsv, .binary: try Self.check(body, isFormed: call.form)
    }
    var written: [UInt8] = []
    var remarks: [RowProblem] = []
    guard let count = try predict(text, predictor, &written, &remarks) else { return nil }
    var reply = composed(written, remarks, shape)
    reply.rows = count
    return reply
  }

  /// Predicts all rows; how many, or nil where nobody waits any more.
  private func predict(
    _ text: [UInt8], _ predictor: Predictor, _ written: inout [UInt8],
    _ remarks: inout [RowProblem]
  ) throws(Problem) -> Int? {
    var problems: [RowProblem] = []
    var rows = try reader(text)
    let writer = try writer(rows.keptNames)
    try checkNames(of: rows)
    written = writer.head
    var count = 0
    while var batch = try whileReading({ () throws(TableError) in try rows.next() }) {
      guard isWanted() else { return nil }
      count += batch.table.rowCount
      let most = model.settings.maximumRows
      guard count <= most else { throw .tooManyRows(most) }
      let predicted = try whilePredicting { () throws(TrainingError) in
        try predictor.predict(&batch)
      }
      for stranger in predicted.strangers {
        guard model.settings.isStrict else {
          remarks.append(stranger)
          continue
        }
        batch.add(stranger.message, row: stranger.row - batch.firstRow - 1)
      }
      problems += batch.problems.sorted { $0.key < $1.key }.map(\.value)
      if problems.isEmpty { written += writer.lines(batch, predicted, writesEmpty: false) }
    }
    guard problems.isEmpty else { throw Problem(rows: problems, tellsLines: call.form != .json) }
    return count
  }

  private func reader(_ text: [UInt8]) throws(Problem) -> RowReader {
    var options = model.options
    if call.form == .tsv { options.delimiter = "\t" }
    return try whileReading { () throws(TableError) in
      try RowReader(
        bytes: text, name: "the body", options: options, columns: model.columns,
        kept: .columns(call.kept))
    }
  }

  private func writer(_ kept: [String]) throws(Problem) -> PredictionWriter {
    let format: PredictionFormat =
      switch call.answer {
      case .csv: .csv
      case .tsv: .tsv
      case .json, .jsonLines, .binary: .jsonl
      }
    do throws(TrainingError) {
      return try PredictionWriter(model.run, keptNames: kept, format: format)
    } catch {
      throw Problem(.badRequest, error.message, hint: error.hints.first)
    }
  }

  /// Refuses columns that the run does not know, if that was asked for.
  private func checkNames(of rows: RowReader) throws(Problem) {
    guard model.settings.isStrict else { return }
    let strange = rows.names.filter {
      !model.knownColumns.contains($0) && !rows.keptNames.contains($0)
    }
    guard !strange.isEmpty else { return }
    let names = strange.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    let more = strange.count > 5 ? " and \(strange.count - 5) more" : ""
    throw Problem(
      .unprocessableContent, "the run has no columns \(names)\(more)",
      hint: "leave such columns out, or start the server without `--strict`")
  }

  /// The predictions in the form that is asked for; `written` has a line for each row.
  private func composed(
    _ written: [UInt8], _ remarks: [RowProblem], _ shape: JSONRows.Shape
  ) -> Reply {
    var reply = Reply(.ok, call.answer.answerType, body: written)
    if !remarks.isEmpty { reply = reply.with("Plumb-Remarks", "\(remarks.count)") }
    guard call.answer == .json else { return reply }
    let parts = written.split(separator: 0x0A)
    guard shape != .one else {
      reply.body = written
      return reply
    }
    let list = [0x5B] + parts.joined(separator: [0x2C]) + [0x5D]
    guard shape == .member else {
      reply.body = list + [0x0A]
      return reply
    }
    reply.body = Array("{\"predictions\":".utf8) + list
    if !remarks.isEmpty {
      let told = remarks.prefix(Problem.mostRows).map { remark in
        JSONValue.members(["row": .number(Double(remark.row)), "message": .text(remark.message)])
      }
      reply.body += Array(",\"remarks\":".utf8) + JSONValue.list(told).bytes
    }
    reply.body += [0x7D, 0x0A]
    return reply
  }

  /// Refuses bytes that are not of the form that was named, which the reader would take as what
  /// they are.
  private static func check(_ body: [UInt8], isFormed form: BodyForm) throws(Problem) {
    let isImage = body.starts(with: [0, 0]) || body.starts(with: [0x93, 0x4E])
    guard !body.starts(with: [0x1F, 0x8B]) else {
      throw Problem(
        .unsupportedMediaType, "the body is packed with gzip", hint: "send it as it is")
    }
    let first = body.first { ![0x20, 0x09, 0x0D, 0x0A].contains($0) }
    switch form {
    case .binary where !isImage:
      throw Problem(.badRequest, "the body is neither IDX nor NPY", hint: "send text by its type")
    case .jsonLines where first != 0x7B:
      throw Problem(
        .badRequest, "line 1: the first line is not a JSON object",
        hint: "JSON Lines have an object a line, such as {\"x\": 1.5, \"kind\": \"a\"}")
    case .csv where isImage || first == 0x7B, .tsv where isImage || first == 0x7B:
      throw Problem(.badRequest, "the body is no delimited text", hint: "send JSON by its type")
    case .json, .jsonLines, .csv, .tsv, .binary: break
    }
  }

  private func whileReading<Value>(
    _ body: () throws(TableError) -> Value
  ) throws(Problem) -> Value {
    do {
      return try body()
    } catch {
      let place = error.line.map { "line \($0): " } ?? ""
      let tellsPlace = call.form != .json && error.cause != .columns
      throw Problem(
        error.cause == .columns ? .unprocessableContent : .badRequest,
        (tellsPlace ? place : "") + error.message, hint: error.hint)
    }
  }

  private func whilePredicting<Value>(
    _ body: () throws(TrainingError) -> Value
  ) throws(Problem) -> Value {
    do {
      return try body()
    } catch {
      throw Problem(.unprocessableContent, error.message, hint: error.hints.first)
    }
  }
}
