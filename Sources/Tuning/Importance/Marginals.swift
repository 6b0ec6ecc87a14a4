internal import Tensors

/// Means of a forest over all dimensions but one or two, and the shares of its variance they have.
struct Marginals {
  /// Places of two columns.
  let pairs: [(Int, Int)]
  /// For each column the mean in each cell.
  private(set) var mains: [[Double]]
  /// For each pair the mean in each cell of both, one pair after another.
  private var joint: [Double]
  /// Where those of each pair begin.
  private let starts: [Int]
  private(set) var mainShares: [Double] = []
  private(set) var pairShares: [Double] = []

  /// - Parameter rows: the trials to learn from.
  init(
    _ columns: [ForestColumn], _ targets: [Double], among rows: [Int], trees: Int,
    _ source: RandomSource
  ) {
    pairs = columns.indices.flatMap { a in
      (a + 1..<max(a + 1, columns.count)).map { (a, $0) }
    }
    mains = columns.map { [Double](repeating: 0, count: $0.weights.count) }
    var (starts, count) = ([Int](), 0)
    for (a, b) in pairs {
      starts.append(count)
      count += columns[a].weights.count * columns[b].weights.count
    }
    joint = [Double](repeating: 0, count: count)
    self.starts = starts
    let points = Marginals.points(columns, source)
    var means = [Double](repeating: 0, count: points.count)
    for number in 0..<trees {
      var source = source.split("tree").split(UInt64(number))
      // Where a dimension is not there, any value of it is as good: each tree has others.
      let filled = columns.map { column in
        column.values.map { value in
          let place = source.fraction() * (column.edges.last ?? 1)
          return value ?? (column.isChoice ? place.rounded(.down) : place)
        }
      }
      let drawn = rows.map { _ in rows[source.below(rows.count)] }
      let tree = RegressionTree(
        filled, isChoice: columns.map(\.isChoice), targets, rows: drawn)
      add(tree, columns, 1 / Double(trees))
      for (index, point) in points.enumerated() {
        means[index] += tree.value(at: point) / Double(trees)
      }
    }
    share(columns, means)
  }

  /// Points spread evenly over the space, for its whole variance.
  private static func points(_ columns: [ForestColumn], _ source: RandomSource) -> [[Double]] {
    let sequences = columns.indices.map {
      SobolSequence(dimension: $0 % SobolSequence.dimensionLimit)
        .scrambled(by: source.split("points").split(UInt64($0)))
    }
    return (0..<1024).map { number in
      zip(columns, sequences).map { column, sequence in
        let place = sequence[number] * (column.edges.last ?? 1)
        return column.isChoice ? place.rounded(.down) : place
      }
    }
  }

  /// Adds the means of a tree: each leaf counts in a cell by the part of it that it covers, and by
  /// its extent in all other columns.
  private mutating func add(_ tree: RegressionTree, _ columns: [ForestColumn], _ weight: Double) {
    var (mains, joint) = (self.mains, self.joint)
    (self.mains, self.joint) = ([], [])
    let widths = columns.map(\.weights.count)
    tree.forEachLeaf(choices: widths) { box, value in
      let covers = columns.indices.map { cover(of: columns[$0], box, $0) }
      let extents = zip(covers, columns).map { cover, column in
        cover.reduce(0) { $0 + $1.part * column.weights[$1.cell] }
      }
      let all = extents.reduce(weight * value, *)
      for (column, cover) in covers.enumerated() {
        for (cell, part) in cover { mains[column][cell] += all / extents[column] * part }
      }
      var sums = joint.mutableSpan
      for (index, (a, b)) in pairs.enumerated() {
        let (first, second) = (covers[a], covers[b])
        let rest = all / extents[a] / extents[b]
        for (row, partOfRow) in first {
          let (start, share) = (starts[index] + row * widths[b], rest * partOfRow)
          for (cell, part) in second { sums[start + cell] += share * part }
        }
      }
    }
    (self.mains, self.joint) = (mains, joint)
  }

  /// The cells that a leaf covers, each with the part of it that it does.
  private func cover(
    of column: ForestColumn, _ box: RegressionTree.Box, _ place: Int
  ) -> [(cell: Int, part: Double)] {
    if column.isChoice {
      return column.weights.indices.compactMap { choice in
        box.members[place]?.contains(choice) ?? true ? (cell: choice, part: 1.0) : nil
      }
    }
    let (low, high) = box.ranges[place]
    return column.weights.indices.compactMap { cell in
      let part = min(high, column.edges[cell + 1]) - max(low, column.edges[cell])
      return part > 0 ? (cell: cell, part: part / column.weights[cell]) : nil
    }
  }

  /// Var(m_i) and Var(m_ij − m_i − m_j), both of the whole variance.
  private mutating func share(_ columns: [ForestColumn], _ values: [Double]) {
    let mean = values.reduce(0, +) / Double(values.count)
    let whole = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    let least = 1e-20 * (1 + mean * mean)
    let centres = zip(mains, columns).map { means, column in
      zip(means, column.weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    mainShares = columns.indices.map { index in
      let variance = zip(mains[index], columns[index].weights).reduce(0) {
        $0 + $1.1 * ($1.0 - centres[index]) * ($1.0 - centres[index])
      }
      return whole > least ? min(1, variance / whole) : 0
    }
    pairShares = pairs.indices.map { index in
      let (a, b) = pairs[index]
      let width = columns[b].weights.count
      var variance = 0.0
      for (row, rowWeight) in columns[a].weights.enumerated() {
        for (cell, weight) in columns[b].weights.enumerated() {
          let rest =
            joint[starts[index] + row * width + cell] - mains[a][row] - mains[b][cell] + centres[a]
          variance += rowWeight * weight * rest * rest
        }
      }
      return whole > least ? min(1, variance / whole) : 0
    }
  }
}

extension Marginals {
  /// The means of a column, without cells where no trial is.
  func levels(of index: Int, _ column: ForestColumn) -> [Importances.Level] {
    let seen = Set(column.values.compactMap { $0.map(column.cell) })
    return column.numbers.indices.map {
      Importances.Level(
        number: column.numbers[$0], mean: seen.contains($0) ? mains[index][$0] : nil)
    }
  }

  /// The means of a pair in rows of the first column, without cells where no trial is.
  func means(ofPair index: Int, _ a: ForestColumn, _ b: ForestColumn) -> [[Double?]] {
    let width = b.weights.count
    var seen = Set<Int>()
    for case (let first?, let second?) in zip(a.values, b.values) {
      seen.insert(a.cell(of: first) * width + b.cell(of: second))
    }
    return a.weights.indices.map { row in
      b.weights.indices.map { cell in
        seen.contains(row * width + cell) ? joint[starts[index] + row * width + cell] : nil
      }
    }
  }
}
