/// A tree that halves the trials again and again where that tells most about their values.
struct RegressionTree {
  private struct Node {
    /// The column asked; nil of a leaf.
    var column: Int?
    /// Numbers up to it go left.
    var threshold = 0.0
    /// Choices that go left.
    var members: Set<Int> = []
    var left = 0
    var right = 0
    /// The mean of the trials.
    var value = 0.0
  }

  /// The part of the space that a leaf is of.
  struct Box {
    /// For each column the range of a number.
    var ranges: [(low: Double, high: Double)]
    /// For each column the choices that are in it; nil for all.
    var members: [Set<Int>?]
  }

  private var nodes: [Node] = []
  private let isChoice: [Bool]

  /// - Parameters:
  ///   - columns: for each column the value of each trial.
  ///   - rows: the trials to learn from, some more than once.
  init(_ columns: [[Double]], isChoice: [Bool], _ targets: [Double], rows: [Int]) {
    self.isChoice = isChoice
    _ = grow(columns, targets, rows)
  }

  private mutating func grow(_ columns: [[Double]], _ targets: [Double], _ rows: [Int]) -> Int {
    let index = nodes.count
    let sum = rows.reduce(0) { $0 + targets[$1] }
    var node = Node(value: sum / Double(rows.count))
    nodes.append(node)
    guard rows.count > 2, let split = bestSplit(columns, targets, rows, sum) else { return index }
    node.column = split.column
    (node.threshold, node.members) = (split.threshold, split.members)
    let (column, asksChoice) = (columns[split.column], isChoice[split.column])
    var (left, right): ([Int], [Int]) = ([], [])
    for row in rows {
      let isLeft =
        asksChoice ? split.members.contains(Int(column[row])) : column[row] <= split.threshold
      if isLeft { left.append(row) } else { right.append(row) }
    }
    node.left = grow(columns, targets, left)
    node.right = grow(columns, targets, right)
    nodes[index] = node
    return index
  }

  private struct Split {
    var column: Int
    var gain: Double
    var threshold = 0.0
    var members: Set<Int> = []
  }

  /// The split that leaves the least variance within both sides.
  private func bestSplit(
    _ columns: [[Double]], _ targets: [Double], _ rows: [Int], _ sum: Double
  ) -> Split? {
    var best: Split?
    let count = Double(rows.count)
    // Σ (t − mean)² falls by what Σ² / n rises; less than rounding is nothing.
    let squares = rows.reduce(0) { $0 + targets[$1] * targets[$1] }
    let least = sum * sum / count + 1e-12 * squares
    for column in columns.indices {
      let values = columns[column]
      var order: [(key: Double, target: Double)]
      var ranks: [Int] = []
      if isChoice[column] {
        ranks = choicesByMean(values, targets, rows)
        var place = [Int](repeating: 0, count: (ranks.max() ?? 0) + 1)
        for (rank, choice) in ranks.enumerated() { place[choice] = rank }
        order = rows.map { (Double(place[Int(values[$0])]), targets[$0]) }
      } else {
        order = rows.map { (values[$0], targets[$0]) }
      }
      order.sort { $0.key < $1.key }
      var left = 0.0
      for index in 0..<(order.count - 1) {
        left += order[index].target
        guard order[index].key < order[index + 1].key else { continue }
        let n = Double(index + 1)
        let gain = left * left / n + (sum - left) * (sum - left) / (count - n)
        guard gain > max(least, best?.gain ?? least) else { continue }
        best = Split(
          column: column, gain: gain, threshold: (order[index].key + order[index + 1].key) / 2)
        if isChoice[column] { best?.members = Set(ranks.prefix(Int(order[index].key) + 1)) }
      }
    }
    return best
  }

  /// The choices among the rows, that of the least mean first: one of the splits of this order is
  /// the best of all (Fisher 1958).
  private func choicesByMean(_ values: [Double], _ targets: [Double], _ rows: [Int]) -> [Int] {
    var sums: [Int: (sum: Double, count: Double)] = [:]
    for row in rows {
      let known = sums[Int(values[row])] ?? (0, 0)
      sums[Int(values[row])] = (known.sum + targets[row], known.count + 1)
    }
    let means = sums.map { (choice: $0.key, mean: $0.value.sum / $0.value.count) }
    return means.sorted { $0.mean != $1.mean ? $0.mean < $1.mean : $0.choice < $1.choice }
      .map(\.choice)
  }

  /// The mean at a point.
  func value(at point: [Double]) -> Double {
    var index = 0
    while let column = nodes[index].column {
      let isLeft =
        isChoice[column]
        ? nodes[index].members.contains(Int(point[column]))
        : point[column] <= nodes[index].threshold
      index = isLeft ? nodes[index].left : nodes[index].right
    }
    return nodes[index].value
  }

  /// All leaves with their parts of the space.
  func forEachLeaf(choices: [Int], _ body: (Box, Double) -> Void) {
    let whole = Box(
      ranges: choices.map { _ in (0, 1) }, members: choices.map { _ in nil })
    visit(0, whole, choices, body)
  }

  private func visit(_ index: Int, _ box: Box, _ choices: [Int], _ body: (Box, Double) -> Void) {
    let node = nodes[index]
    guard let column = node.column else {
      body(box, node.value)
      return
    }
    var (left, right) = (box, box)
    if isChoice[column] {
      let all = box.members[column] ?? Set(0..<choices[column])
      left.members[column] = all.intersection(node.members)
      right.members[column] = all.subtracting(node.members)
    } else {
      left.ranges[column].high = node.threshold
      right.ranges[column].low = node.threshold
    }
    visit(node.left, left, choices, body)
    visit(node.right, right, choices, body)
  }
}
