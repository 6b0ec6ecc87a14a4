public import SpecSyntax
public import Tables

/// How categories become inputs.
public struct CategorySection: FieldReadable {
  public enum Encoding: String, Sendable, CaseIterable {
    case oneHot = "one_hot"
    case embedding

    static let choices: [(name: String, value: Encoding, doc: String)] = [
      ("one_hot", .oneHot, "one input for every level seen in the training rows"),
      ("embedding", .embedding, "a few trained numbers for every level"),
    ]
  }

  public typealias Unknown = FeaturePlan.Unknown

  @Located public var encode: Setting<Encoding>
  @Located public var size: Setting<Int>
  @Located public var unknown: Unknown

  /// How many numbers may stand for a level.
  static let sizes = 1...1_000

  public init(reading fields: inout FieldReader) {
    _encode = fields.auto(
      "encode", .choice(Encoding.choices), doc: "How levels become inputs.")
    _size = fields.auto(
      "size", .integer(Self.sizes),
      doc: "How many trained numbers stand for an embedded level; `auto` goes by their count.")
    _unknown = fields.field(
      "unknown",
      .choice([
        ("own_level", Unknown.ownLevel, "a level of its own, shared with missing cells"),
        ("zeros", .zeros, "all inputs of the column zero"),
        ("error", .error, "refused, naming the row"),
      ]), default: .ownLevel, doc: "What a level means that training has not seen.")
  }
}
