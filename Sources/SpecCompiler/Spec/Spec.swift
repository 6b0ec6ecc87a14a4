public import SpecSyntax

/// A model spec: what the author wrote, typed, with the place of every value.
public struct Spec: FieldReadable {
  /// The language's version, which marks a file as a spec.
  @Located public var version: Int
  @Located public var name: String?
  @Located public var summary: String?
  public var data: DataSection
  public var model: ModelSection
  public var training: TrainingSection
  /// Nil where nothing is searched; training does not ask for it.
  @Located public var search: SearchSection?

  public init(reading fields: inout FieldReader) {
    _version = fields.required(
      "plumb", .integer(1...1), doc: "Version of the spec language; marks the file as a spec.")
    _name = fields.optional(
      "name", .text("name"),
      doc: "Name of the model, used for its run folders. Without it, the name of the file.")
    _summary = fields.optional(
      "description", .text("description"), doc: "What the model is for, in a sentence.")
    _ = fields.optional(
      "extends", .text("path"),
      doc: "Another spec, relative to this file, whose values count where this one is silent.")
    data = fields.section(
      "data", DataSection.self,
      doc: "The table, its target and how its columns become inputs.")
    model = fields.section("model", ModelSection.self, doc: "The network's layers.")
    training = fields.section("training", TrainingSection.self, doc: "How the network learns.")
    _search = fields.optional(
      "search", SearchSection.type,
      doc: """
        What `plumb tune` searches, and how; every other command leaves the values as they stand \
        above.
        """)
  }
}
