public import SpecSyntax
public import Tensors

/// Some of the features of a row, or of the channels of an image, in the order asked for.
///
/// `positions` counts from 0 in any layer. `columns` and `kind` speak of the table: they take what
/// the network's input has of those columns, and whoever builds the network tells which
/// positions that are.
public struct Select: Op {
  /// What a column of the table is taken as.
  public enum Kind: String, Sendable, CaseIterable {
    case numeric, category, boolean, date

    static let choices: [(name: String, value: Kind, doc: String)] = [
      ("numeric", .numeric, "numbers"), ("category", .category, "levels"),
      ("boolean", .boolean, "true and false"), ("date", .date, "the parts of dates"),
    ]
  }

  public static let name = "select"
  public static let summary = "Takes some columns of the input, or some positions of a layer."
  public static var shorthand: String? { "columns" }
  public static var samples: [OpSample] {
    [
      OpSample("positions: [3, 4, 0]", inputs: [5]), OpSample("positions: [1, 1]", inputs: [3]),
      OpSample("positions: [2, 0]", inputs: [3, 2, 2]),
    ]
  }

  @Located public var columns: [Located<String>]?
  @Located public var kinds: [Kind]?
  @Located public var positions: [Int]?

  public init(reading fields: inout FieldReader) {
    _columns = fields.optional(
      "columns", .list(of: FieldType<String>.text("column name").located),
      doc: "Columns of the table, each with all inputs that it has become.")
    _kinds = fields.optional(
      "kind", .list(of: .choice(Kind.choices)),
      doc: "All columns of a kind, or of several kinds.")
    _positions = fields.optional(
      "positions", .list(of: .nonNegative),
      doc: "Features of a row, or channels of an image, counted from 0.")
  }

  /// The selection of positions, wherever they came from.
  public init(positions: [Int], at range: SourceRange = .none) {
    _columns = Located(wrappedValue: nil)
    _kinds = Located(wrappedValue: nil)
    _positions = Located(wrappedValue: positions, at: range)
  }

  /// Whether the table has to tell the positions.
  public var namesColumns: Bool { columns != nil || kinds != nil }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    guard let positions, !positions.isEmpty, !namesColumns else {
      throw ShapeError(
        "`select` takes one of `columns`, `kind` and `positions`",
        help: "write one of the three, and leave the others out")
    }
    guard let count = inputs[0].sizes.first else {
      throw ShapeError("`select` cannot choose from a single number")
    }
    if let position = positions.first(where: { $0 >= count }) {
      throw ShapeError(
        "there is no position \(position) in \(inputs[0])", at: $positions,
        help: "positions count from 0 to \(count - 1)")
    }
    return Shape([positions.count] + inputs[0].sizes.dropFirst())
  }

  public func flops(for inputs: [Shape]) -> Int { 0 }

  public var backwardReads: BackwardReads { [] }

  public func forward(_ io: Buffers) {
    for run in runs(in: io) {
      copy(io.inputs[0].rows(run.source), into: io.output.rows(run.target))
    }
  }

  /// What was not chosen has no gradient; what was chosen twice has both.
  public func backward(_ io: Buffers) {
    guard let target = io.inputGradients[0].matrix else { return }
    if !io.inputGradients[0].accumulates {
      target.view.window(0, target.rows * target.stride).fill(0)
    }
    for run in runs(in: io) {
      add(io.outputGradient.rows(run.target), into: target.rows(run.source))
    }
  }

  /// Neighbours that stay neighbours, as rows of input and output.
  private func runs(in io: Buffers) -> [(source: Range<Int>, target: Range<Int>)] {
    let positions = positions ?? []
    let rows = io.output.rows / max(positions.count, 1)
    var runs: [(source: Range<Int>, target: Range<Int>)] = []
    var start = 0
    for place in positions.indices
    where place + 1 == positions.count || positions[place + 1] != positions[place] + 1 {
      let source = positions[start] * rows..<(positions[place] + 1) * rows
      runs.append((source, start * rows..<(place + 1) * rows))
      start = place + 1
    }
    return runs
  }
}
