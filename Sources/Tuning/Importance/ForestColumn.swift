/// One dimension as a forest sees it: where each trial lies, and the cells that are told apart.
struct ForestColumn: Sendable {
  /// Stretches of a dimension with more values than these are the cells of it.
  static let stretches = 8
  static let most = 12

  /// Its place in the space.
  let place: Int
  /// For each trial: of a number the share of the range below it, of a choice its number; nil where
  /// the dimension is not there.
  let values: [Double?]
  let isChoice: Bool
  /// The ends of the cells as shares of the range, of a choice its numbers and their count.
  let edges: [Double]
  /// The share of each cell in the space; their sum is 1.
  let weights: [Double]
  /// The number in the middle of each cell.
  let numbers: [Double]

  init(_ dimension: Dimension, place: Int, trials: [Trial]) {
    self.place = place
    let parameters = trials.map { $0.parameters[place] }
    guard let axis = Axis(dimension) else {
      let count = dimension.valueCount ?? 1
      isChoice = true
      values = parameters
      edges = (0...count).map(Double.init)
      weights = [Double](repeating: 1 / Double(count), count: count)
      numbers = (0..<count).map(Double.init)
      return
    }
    isChoice = false
    values = parameters.map { number in
      number.map { (axis.position(of: $0) - axis.low) / axis.width }
    }
    if let count = dimension.valueCount, count <= ForestColumn.most {
      numbers = (0..<count).map(dimension.number(of:))
      edges = [0] + numbers.map { min(1, (axis.stretch(of: $0).high - axis.low) / axis.width) }
    } else {
      let cells = Double(ForestColumn.stretches)
      edges = (0...ForestColumn.stretches).map { Double($0) / cells }
      numbers = (0..<ForestColumn.stretches).map {
        axis.number(at: axis.low + (Double($0) + 0.5) / cells * axis.width)
      }
    }
    weights = zip(edges.dropFirst(), edges).map { $0 - $1 }
  }

  /// The cell of a value.
  func cell(of value: Double) -> Int {
    var cell = weights.count - 1
    while cell > 0, value < edges[cell] { cell -= 1 }
    return cell
  }
}
