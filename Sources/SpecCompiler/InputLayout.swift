import NetworkGraph
import SpecSyntax
import Tables

/// How the columns of a table become the inputs of a network's first layer: which inputs the
/// encoder gives each column, and which of them are looked up or embedded by trained operations.
struct InputLayout: Sendable {
  /// What stands between the encoder's inputs of a column and the first layer.
  enum Treatment: Hashable, Sendable {
    /// Nothing.
    case plain
    /// A table of rows for the levels, and one more for unknown ones if asked.
    case level(levels: Int, size: Int, hasUnknown: Bool)
    /// Cosines and sines, then a dense layer for each column.
    case periodic(PeriodicEmbedding)
    /// A dense layer for each column, over its bins.
    case binned(bins: Int, size: Int)
  }

  /// One column that is an input.
  struct Column: Sendable {
    var name: String
    var kind: FeaturePlan.Kind
    var treatment: Treatment
    /// The places of the encoder's inputs.
    var raw: Range<Int>
    /// The places of what the first layer sees.
    var places: Range<Int>
  }

  /// In the order of the encoder's inputs, which is that of the table.
  private(set) var columns: [Column] = []
  /// The treatments in the order in which their results are joined, each with the columns it is
  /// for: the plain columns, embedded numbers, then one category after another.
  private(set) var groups: [(treatment: Treatment, columns: [Column])] = []
  /// How many inputs the encoder gives.
  private(set) var rawWidth = 0
  /// How many inputs the first layer sees.
  private(set) var width = 0

  /// Lays out what a spec plans for its columns; an example that is not a row of them is not
  /// embedded.
  init(_ data: DataSection, _ plans: [FeaturePlan], isRow: Bool) {
    let specs = Dictionary(
      (data.features ?? []).map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    for plan in plans {
      let room = plan.room ?? 1
      let treatment = isRow ? Self.treatment(of: plan, specs[plan.column], data) : .plain
      columns.append(
        Column(
          name: plan.column, kind: plan.kind, treatment: treatment,
          raw: rawWidth..<rawWidth + room, places: 0..<0))
      rawWidth += room
    }
    group()
  }

  /// Whether the first layer sees what the encoder gives.
  var isPlain: Bool { columns.allSatisfy { $0.treatment == .plain } }

  private static func treatment(
    of plan: FeaturePlan, _ spec: FeatureSpec?, _ data: DataSection
  ) -> Treatment {
    switch (plan.form, spec?.embed.value ?? data.numeric.embed) {
    case (.index(let rows), _):
      let hasUnknown = plan.unknown == .ownLevel
      let levels = max(1, hasUnknown ? rows - 1 : rows)
      let size =
        spec?.size.value ?? data.category.size.value ?? Embedding.usualSize(levels: levels)
      return .level(levels: levels, size: size, hasUnknown: hasUnknown)
    case (.bins(let bins), .piecewiseLinear(let settings)):
      return settings.size.map { .binned(bins: bins, size: $0) } ?? .plain
    case (.plain, .periodic(let settings)) where plan.kind == .numeric:
      return .periodic(settings)
    case (.plain, _), (.bins, _): return .plain
    }
  }

  /// Puts columns that are treated alike side by side and numbers what they become.
  private mutating func group() {
    var members: [[Int]] = []
    for rank in 0...2 {
      for index in columns.indices where columns[index].treatment.rank == rank {
        let treatment = columns[index].treatment
        let like = members.firstIndex { columns[$0[0]].treatment == treatment }
        if let like, rank < 2 { members[like].append(index) } else { members.append([index]) }
      }
    }
    for index in members.joined() {
      let count = columns[index].treatment.size ?? columns[index].raw.count
      columns[index].places = width..<width + count
      width += count
    }
    groups = members.map { group in (columns[group[0]].treatment, group.map { columns[$0] }) }
  }
}

extension InputLayout.Treatment {
  /// Its place in the order in which treated columns are joined.
  fileprivate var rank: Int {
    switch self {
    case .plain: 0
    case .periodic, .binned: 1
    case .level: 2
    }
  }

  /// How many inputs of the first layer a column becomes; nil for as many as the encoder gives.
  fileprivate var size: Int? {
    switch self {
    case .plain: nil
    case .level(_, let size, _), .binned(_, let size): size
    case .periodic(let settings): settings.size
    }
  }
}
