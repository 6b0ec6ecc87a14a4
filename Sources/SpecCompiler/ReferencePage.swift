import NetworkGraph
import SpecSyntax

/// A page of the reference in Markdown, written from the lists and from what every field says
/// about itself.
public struct ReferencePage: Sendable {
  /// The file's name without its ending.
  public let name: String
  public let text: String

  /// A page with its heading, a first paragraph and what follows.
  public init(_ name: String, title: String, introduction: String, body: [String]) {
    self.name = name
    let paragraphs = ["# \(title)", introduction] + body
    text = paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }
}

extension ReferencePage {
  /// All pages of this module.
  public static var all: [ReferencePage] {
    [keys, hyperparameters] + families + [profile, rules(), diagnostics]
  }

  /// A page for each family whose members a spec chooses by name.
  private static var families: [ReferencePage] {
    [
      family(
        "operations", "Operations", Ops.variants,
        "What `model.layers` is made of; the functions of one number are also what "
          + "`activation` takes.", example: MemberExample.layer),
      family("losses", "Losses", Losses.variants, "What `training.loss` takes.") {
        MemberExample.value(of: "loss", $0)
      },
      family("optimizers", "Optimizers", Optimizers.variants, "What `training.optimizer` takes.") {
        MemberExample.value(of: "optimizer", $0)
      },
      family(
        "schedules", "Learning-rate schedules", Schedules.variants,
        "What `training.learning_rate.schedule` takes; the fields stand beside it, as in "
          + "`learning_rate: {schedule: cosine, start: 0.01}`. A bare number is the `start` of "
          + "a constant rate.", example: MemberExample.schedule),
      family(
        "embeddings", "Embeddings of numbers", NumericEmbedding.variants,
        "What `data.numeric.embed` takes, and `embed` of one numeric column."
      ) { MemberExample.value(of: "embed", $0) },
      family(
        "initializers", "Initializers", Initializers.variants, "What `model.initializer` takes."
      ) { MemberExample.value(of: "initializer", $0) },
    ]
  }

  private static func family<Member>(
    _ name: String, _ title: String, _ members: [Variant<Member>], _ introduction: String,
    example: (TypeDescription.VariantDescription) -> String
  ) -> ReferencePage {
    ReferencePage(
      name, title: title, introduction: introduction,
      body: members.map(\.description).flatMap { memberParts($0, example: example($0)) })
  }

  private static func memberParts(
    _ member: TypeDescription.VariantDescription, example: String
  ) -> [String] {
    let shorthand = member.shorthand.map { "`\(member.name): VALUE` sets `\($0)`. " } ?? ""
    return [
      "## \(member.name)", member.summary, "\(shorthand)For example `\(example)`.",
      fieldTable(member.fields),
    ]
  }

  /// What each field takes, its default and its meaning; nothing where there is no field.
  static func fieldTable(
    _ fields: [FieldDescription], takes: (FieldDescription) -> String = { $0.type.words }
  ) -> String {
    guard !fields.isEmpty else { return "" }
    let rows = fields.map { field in
      "| `\(field.name)` | \(cell(takes(field))) | \(cell(field.defaultWords)) "
        + "| \(cell(field.doc)) |"
    }
    return (["| key | takes | default | meaning |", "| --- | --- | --- | --- |"] + rows)
      .joined(separator: "\n")
  }

  /// Words as they can stand between two bars of a table.
  static func cell(_ words: String) -> String {
    words.split(separator: "\n").joined(separator: " ").split(
      separator: "|", omittingEmptySubsequences: false
    ).joined(separator: "\\|")
  }
}

extension FieldDescription {
  /// The default in a few words.
  fileprivate var defaultWords: String {
    switch defaultText {
    case nil: "required"
    case "auto": "decided by a rule"
    case "{}": "that of its keys"
    case .some(let text): "`\(text)`"
    }
  }
}
