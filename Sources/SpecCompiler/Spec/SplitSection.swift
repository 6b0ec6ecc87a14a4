public import SpecSyntax

/// Which rows validate and test the network.
public struct SplitSection: FieldReadable {
  @Located public var validation: Amount
  @Located public var test: Amount
  @Located public var stratify: Bool
  @Located public var group: String?
  @Located public var time: String?
  @Located public var seed: Int

  public init(reading fields: inout FieldReader) {
    _validation = fields.field(
      "validation", .amount, default: .share(0.2),
      doc: "Rows that decide when to stop: a share such as `20%`, or a count.")
    _test = fields.field(
      "test", .amount, default: .share(0.1),
      doc: "Rows that judge the finished network and are used for nothing else.")
    _stratify = fields.field(
      "stratify", .boolean, default: true,
      doc: "Whether each part gets its share of every class. Only for classification.")
    _group = fields.optional(
      "group", .text("column name"),
      doc: "Rows with the same value in this column stay in one part.")
    _time = fields.optional(
      "time", .text("column name"),
      doc: "The latest rows by this column test, those before them validate.")
    _seed = fields.field(
      "seed", .nonNegative, default: 1, doc: "Seed of the random assignment of rows.")
    checkRelations(&fields)
  }

  /// Whether both parts are shares and leave nothing of any table.
  var sharesTakeAll: Bool {
    guard case .share(let a) = validation, case .share(let b) = test else { return false }
    return a + b >= 1
  }

  private func checkRelations(_ fields: inout FieldReader) {
    if sharesTakeAll {
      let name = fields.isWritten("test") ? "test" : "validation"
      fields.report(
        .splitTakesAll(
          at: name == "test" ? $test : $validation,
          other: fields.isWritten("validation") && name == "test" ? $validation : nil,
          path: fields.path.key(name)))
    }
    if group != nil, time != nil, let key = fields.keyNode("time"),
      let other = fields.keyNode("group")
    {
      fields.report(
        .exclusiveKeys(
          key, with: other, because: "rows are split by one or the other",
          path: fields.path.key("time")))
    }
    if time != nil, fields.isWritten("stratify"), stratify, let node = fields.keyNode("stratify") {
      fields.report(
        .noEffect(
          node, because: "a split by time cannot be stratified",
          path: fields.path.key("stratify")))
    }
  }
}
