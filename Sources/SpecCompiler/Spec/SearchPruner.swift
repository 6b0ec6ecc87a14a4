import SpecSyntax

/// How trials end early. How it is done is a matter of the tuning module, whose list a test
/// compares with this.
public struct SearchPruner: Sendable, Hashable {
  public var name: String
  /// Its fields by their names, in declared order.
  public var fields: [Field]

  public struct Field: Sendable, Hashable {
    public var name: String
    public var value: Double
  }

  static var variants: [Variant<SearchPruner>] {
    [
      Variant(
        "median",
        summary: "Ends a trial that is worse than half of the others at the same point."
      ) { fields in
        let startup = fields.field(
          "startup", .nonNegative, default: 5, doc: "Finished trials before the first may end.")
        let warmup = fields.field(
          "warmup", .nonNegative, default: 0, doc: "Points at which no trial ends yet.")
        return SearchPruner(
          "median", ("startup", Double(startup.wrappedValue)),
          ("warmup", Double(warmup.wrappedValue)))
      },
      Variant(
        "asha",
        summary: """
          Successive halving: at each rung only the best part goes on, and rungs lie further and \
          further apart.
          """
      ) { fields in
        let reduction = fields.field(
          "reduction", .integer(2...100), default: 4,
          doc: "One of so many goes on at a rung, and the next rung is so many times as far.")
        let first = fields.field(
          "first", .positive, default: 1, doc: "The point of the first rung.")
        return SearchPruner(
          "asha", ("reduction", Double(reduction.wrappedValue)),
          ("first", Double(first.wrappedValue)))
      },
      Variant(
        "hyperband",
        summary: """
          Successive halving at several lengths of the first rung, since nobody knows the right \
          one.
          """
      ) { fields in
        let reduction = fields.field(
          "reduction", .integer(2...100), default: 3,
          doc: "One of so many goes on at a rung, and the next rung is so many times as far.")
        let first = fields.field(
          "first", .positive, default: 1, doc: "The point of the first rung.")
        return SearchPruner(
          "hyperband", ("reduction", Double(reduction.wrappedValue)),
          ("first", Double(first.wrappedValue)))
      },
      Variant(
        "wilcoxon",
        summary: """
          Over seeds and folds: ends a trial when its runs so far are worse than the same runs of \
          the best trial, by the signed ranks of Wilcoxon.
          """
      ) { fields in
        let p = fields.field(
          "p", .number(.above(0, below: 1)), default: 0.1,
          doc: "The chance of ending a trial that is as good as the best.")
        let startup = fields.field(
          "startup", .nonNegative, default: 2, doc: "Runs of a trial before it may end.")
        return SearchPruner(
          "wilcoxon", ("p", p.wrappedValue), ("startup", Double(startup.wrappedValue)))
      },
    ]
  }

  /// The names that a spec may give.
  public static var names: [String] { variants.map(\.name) }

  private init(_ name: String, _ fields: (String, Double)...) {
    self.name = name
    self.fields = fields.map { Field(name: $0, value: $1) }
  }

  static let type = FieldType<SearchPruner>.variant("pruner", variants) { $0.name }
}
