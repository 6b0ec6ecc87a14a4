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
    var growth = TreeGrowth(columns, isChoice: isChoice, targets, rows: rows)
    _ = grow(&growth, 0..<growth.count)
  }

  private mutating func grow(_ growth: inout TreeGrowth, _ trials: Range<Int>) -> Int {
    let index = nodes.count
    var node = Node(value: growth.sums(trials).sum / Double(trials.count))
    nodes.append(node)
    guard trials.count > 2, let split = growth.bestSplit(of: trials) else { return index }
    node.column = split.column
    (node.threshold, node.members) = (split.threshold, split.members)
    let middle = growth.part(trials, by: split)
    node.left = grow(&growth, trials.lowerBound..<middle)
    node.right = grow(&growth, middle..<trials.upperBound)
    nodes[index] = node
    return index
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
