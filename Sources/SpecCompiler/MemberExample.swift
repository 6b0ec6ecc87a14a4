import NetworkGraph
import SpecSyntax

/// A line of a spec for a member of a family, as the reference shows it.
enum MemberExample {
  /// A layer: `- conv2d: {filters: 3}`; one of several inputs names them.
  static func layer(_ member: TypeDescription.VariantDescription) -> String {
    guard let op = Ops.all.first(where: { $0.name == member.name }) else { return "" }
    let fields = op.samples.first?.fields ?? ""
    guard op.inputCount.lowerBound > 1 else {
      return fields.isEmpty ? "- \(op.name)" : "- \(op.name): {\(fields)}"
    }
    return "- {\(op.name): {\(fields)}, from: [previous, input]}"
  }

  /// The value of a key: `loss: mse`, or with what distinguishes it, `loss: {huber: {delta: 1}}`.
  static func value(of key: String, _ member: TypeDescription.VariantDescription) -> String {
    let fields = telling(member.fields)
    return fields.isEmpty ? "\(key): \(member.name)" : "\(key): {\(member.name): {\(fields)}}"
  }

  /// A learning rate, whose fields stand beside the schedule's name.
  static func schedule(_ member: TypeDescription.VariantDescription) -> String {
    let own = member.fields.filter { !["start", "warmup"].contains($0.name) }
    let fields = telling(own)
    let rest = fields.isEmpty ? "" : ", \(fields)"
    return "learning_rate: {schedule: \(member.name), start: 0.01\(rest)}"
  }

  /// The fields that have to be written, and the first of the others that has a value of its own.
  private static func telling(_ fields: [FieldDescription]) -> String {
    let required = fields.filter(\.isRequired).map { "\($0.name): \(value($0.type))" }
    let isPlain = { (field: FieldDescription) in
      !["auto", "none", "{}"].contains(field.defaultText ?? "auto")
    }
    let first = fields.first(where: isPlain).map { "\($0.name): \($0.defaultText ?? "")" }
    return (required + [first].compactMap { $0 }).joined(separator: ", ")
  }

  /// Something that a type accepts.
  private static func value(_ type: TypeDescription) -> String {
    switch type {
    case .integer: "10"
    case .number: "0.1"
    case .share: "50%"
    case .boolean, .anything: "true"
    case .text(let what): what.split(separator: " ").joined(separator: "_")
    case .choice(let choices): choices.first?.name ?? ""
    case .list(.number): "[0.1, 0.9]"
    // Parts of the training, as shares.
    case .list(.either(.share, .integer)): "[50%, 75%]"
    case .list(let item): "[\(value(item)), 20]"
    case .auto(let type), .optional(let type), .either(let type, _): value(type)
    case .map, .section, .variant: "{}"
    }
  }
}
