public import SpecSyntax

/// What `plumb tune` searches, and how.
public struct SearchSection: FieldReadable {
  /// By the paths of the keys, in the order in which they were written; nil takes a key out that a
  /// base searches. Open, the rules propose what is worth searching.
  @Located public var space: Setting<[NamedValue<SearchedKey?>]>
  /// One, or two whose best compromises are looked for.
  @Located public var objective: [SearchObjective]
  public var constraints: SearchConstraints
  @Located public var trials: Int
  @Located public var sampler: SearchSampler
  @Located public var pruner: SearchPruner?
  /// How many seeds each trial is trained with.
  @Located public var repeats: Int
  /// How many parts the rows are cut into, each of which validates once; nil for the spec's own
  /// validation rows.
  @Located public var folds: Int?
  @Located public var parallel: Int
  public var stop: SearchStop
  /// Trials with chosen values, by the paths of the keys.
  @Located public var first: [[NamedValue<Node>]]
  @Located public var seed: Int

  static let type = FieldType<SearchSection>.section(show: { _ in "{}" })

  public init(reading fields: inout FieldReader) {
    _space = fields.auto(
      "space", .map(of: SearchedKey.type.orNone),
      doc: """
        The keys that are searched, as in `training.batch_size`, each with what it may be. Where \
        nothing stands, the advice on the spec says what is worth trying.
        """)
    _objective = fields.field(
      "objective", .list(of: SearchObjective.type, limit: SearchObjective.maximumCount),
      default: [SearchObjective("validation.loss", .minimize)],
      doc: """
        What makes a trial good: a measure to `minimize` or to `maximize`, or a list of two, \
        for the best compromises between them.
        """)
    constraints = fields.section(
      "constraints", SearchConstraints.self,
      doc: "What a network may need at the most; a trial that needs more is not trained.")
    _trials = fields.field(
      "trials", .integer(1...1_000_000), default: 50, doc: "How many trials there are.")
    _sampler = fields.field(
      "sampler", .choice(SearchSampler.choices), default: .tpe,
      doc: "How the values of a trial are chosen.")
    _pruner = fields.optional(
      "pruner", SearchPruner.type,
      doc: """
        How trials end early that will hardly become the best; `none` lets each come to its end. \
        Trials are compared after every epoch, or after every run where `repeats` or `folds` make \
        several. Only with one objective.
        """)
    _repeats = fields.field(
      "repeats", .integer(1...1_000), default: 1,
      doc: "Seeds that each trial is trained with; the mean counts.")
    _folds = fields.optional(
      "folds", .integer(2...1_000),
      doc: """
        Parts into which the rows are cut that do not test, each of which validates a training on \
        the others; the mean counts. Without it, the spec's own validation rows judge.
        """)
    _parallel = fields.field(
      "parallel", .integer(1...10_000), default: 4,
      doc: """
        How many trials may run at a time. A trial learns nothing from those so many before it, \
        so the result is the same however many really do.
        """)
    stop = fields.section(
      "stop", SearchStop.self, doc: "When to stop before the last trial.")
    _first = fields.field(
      "first", .list(of: .map(of: .anything)), default: [],
      doc: "Trials to begin with: values of searched keys, or a list of such. Others are sampled.")
    _seed = fields.field(
      "seed", .nonNegative, default: 42,
      doc: "Seed of the sampler, and of the weights of the trials.")
    checkRelations(&fields)
  }

  private func checkRelations(_ fields: inout FieldReader) {
    if objective.count > SearchObjective.maximumCount {
      fields.report(
        .tooManyObjectives(
          objective.count, limit: SearchObjective.maximumCount, at: $objective,
          path: fields.path.key("objective")))
    }
    if objective.count > 1, pruner != nil, let key = fields.keyNode("pruner") {
      fields.report(
        .noEffect(
          key, because: "trials with two objectives are not compared on the way",
          path: fields.path.key("pruner"), secondary: [Label($objective, "two objectives")]))
    }
  }
}

/// How values of a trial are chosen. How it is done is a matter of the tuning module, whose list
/// a test compares with this.
public enum SearchSampler: String, Sendable, CaseIterable {
  case grid, random, sobol, tpe, cma

  static let choices: [(name: String, value: SearchSampler, doc: String)] = [
    ("grid", .grid, "every combination of the values once"),
    ("random", .random, "each value by itself"),
    ("sobol", .sobol, "points that fill the space evenly"),
    ("tpe", .tpe, "near what was good, by the densities of good and bad trials"),
    ("cma", .cma, "around a mean that moves to what was good; for 100 trials and more of numbers"),
  ]
}

/// What a network may need at the most.
public struct SearchConstraints: FieldReadable {
  @Located public var parameters: Int?
  @Located public var flops: Int?
  /// Bytes.
  @Located public var memory: Int?
  @Located public var seconds: Double?

  public init(reading fields: inout FieldReader) {
    let count = FieldType<Int>.integer(1...1_000_000_000_000_000)
    _parameters = fields.optional("parameters", count, doc: "Trained numbers.")
    _flops = fields.optional(
      "flops", count, doc: "Operations of one example's forward pass, as `plumb compile` counts.")
    _memory = fields.optional(
      "memory", count, doc: "Bytes that training takes, as `plumb compile` counts.")
    _seconds = fields.optional(
      "seconds", .positive,
      doc: """
        The time of one training, as estimated before it on the machine that takes the trial up: \
        on a slower one, or beside other work, more is rejected. A trial keeps the estimate it was \
        judged by, and is not judged again.
        """)
  }

  /// What is bounded, by name, with the bound.
  public var bounds: [(name: String, limit: Double, range: SourceRange)] {
    [
      ("parameters", parameters.map(Double.init), $parameters),
      ("flops", flops.map(Double.init), $flops), ("memory", memory.map(Double.init), $memory),
      ("seconds", seconds, $seconds),
    ].compactMap { name, limit, range in limit.map { (name, $0, range) } }
  }
}

/// When a search stops before its last trial.
public struct SearchStop: FieldReadable {
  @Located public var minutes: Double?
  @Located public var withoutProgress: Int?

  public init(reading fields: inout FieldReader) {
    _minutes = fields.optional(
      "minutes", .positive, doc: "No new trial begins after so many minutes of the search.")
    _withoutProgress = fields.optional(
      "without_progress", .positive,
      doc: "No new trial begins after so many finished ones without a better one.")
  }
}
