/// The trials from which a tree grows: each column's order is found once, and kept as they are
/// parted again and again.
struct TreeGrowth {
  /// Where a node halves its trials.
  struct Split {
    var column: Int
    var gain: Double
    var threshold = 0.0
    var members: Set<Int> = []
  }

  /// Of each trial that was drawn, some more than once: the target, and for each column the value.
  private let targets: [Double]
  private let values: [[Double]]
  /// For a choice how many values there are; nil for a number.
  private let choiceCounts: [Int?]
  /// For each column the trials in the order of their values; a node has the same stretch of all.
  private var orders: [[Int32]]
  private var isLeft: [Bool]
  private var spare: [Int32]

  init(_ columns: [[Double]], isChoice: [Bool], _ targets: [Double], rows: [Int]) {
    self.targets = rows.map { targets[$0] }
    let values = columns.map { column in rows.map { column[$0] } }
    self.values = values
    choiceCounts = zip(values, isChoice).map { $1 ? Int($0.max() ?? 0) + 1 : nil }
    let all = rows.indices.map { Int32($0) }
    orders = zip(values, isChoice).map { column, isChoice in
      isChoice ? all : all.sorted { column[Int($0)] < column[Int($1)] }
    }
    isLeft = [Bool](repeating: false, count: rows.count)
    spare = all
  }

  var count: Int { targets.count }

  /// The sum of the targets of a node, and of their squares.
  func sums(_ node: Range<Int>) -> (sum: Double, squares: Double) {
    var (sum, squares) = (0.0, 0.0)
    for place in node {
      let target = targets[Int(orders[0][place])]
      sum += target
      squares += target * target
    }
    return (sum, squares)
  }

  /// The split of a node that leaves the least variance within both sides; nil where none tells
  /// anything.
  func bestSplit(of node: Range<Int>) -> Split? {
    let (sum, squares) = sums(node)
    // Σ (t − mean)² falls by what Σ² / n rises; less than rounding is nothing.
    let least = sum * sum / Double(node.count) + 1e-12 * squares
    var best: Split?
    for column in values.indices {
      let bound = max(least, best?.gain ?? least)
      let found =
        choiceCounts[column].map { split(choice: column, of: $0, node, sum, above: bound) }
        ?? split(number: column, node, sum, above: bound)
      best = found ?? best
    }
    return best
  }

  private func split(
    number column: Int, _ node: Range<Int>, _ sum: Double, above bound: Double
  ) -> Split? {
    let (order, values, count) = (orders[column], values[column], Double(node.count))
    var (left, gain, found) = (0.0, bound, -1)
    for place in node.dropLast() {
      let row = Int(order[place])
      left += targets[row]
      guard values[row] < values[Int(order[place + 1])] else { continue }
      let n = Double(place - node.lowerBound + 1)
      let own = left * left / n + (sum - left) * (sum - left) / (count - n)
      if own > gain { (gain, found) = (own, place) }
    }
    guard found >= 0 else { return nil }
    let (low, high) = (values[Int(order[found])], values[Int(order[found + 1])])
    return Split(column: column, gain: gain, threshold: (low + high) / 2)
  }

  /// Of the choices in the order of their means one of the splits is the best of all (Fisher 1958).
  private func split(
    choice column: Int, of choices: Int, _ node: Range<Int>, _ sum: Double, above bound: Double
  ) -> Split? {
    var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: choices)
    let (order, values) = (orders[column], values[column])
    for place in node {
      let choice = Int(values[Int(order[place])])
      sums[choice].sum += targets[Int(order[place])]
      sums[choice].count += 1
    }
    let means = sums.indices.filter { sums[$0].count > 0 }
      .map { (choice: $0, mean: sums[$0].sum / sums[$0].count) }
      .sorted { $0.mean != $1.mean ? $0.mean < $1.mean : $0.choice < $1.choice }
    var (left, n, gain, found) = (0.0, 0.0, bound, -1)
    for (rank, entry) in means.dropLast().enumerated() {
      left += sums[entry.choice].sum
      n += sums[entry.choice].count
      let rest = Double(node.count) - n
      let own = left * left / n + (sum - left) * (sum - left) / rest
      if own > gain { (gain, found) = (own, rank) }
    }
    guard found >= 0 else { return nil }
    return Split(column: column, gain: gain, members: Set(means.prefix(found + 1).map(\.choice)))
  }

  /// Parts the trials of a node; those up to the place that is given go left.
  mutating func part(_ node: Range<Int>, by split: Split) -> Int {
    let (order, values) = (orders[split.column], values[split.column])
    let isChoice = choiceCounts[split.column] != nil
    var middle = node.lowerBound
    for place in node {
      let row = Int(order[place])
      let goes =
        isChoice ? split.members.contains(Int(values[row])) : values[row] <= split.threshold
      isLeft[row] = goes
      middle += goes ? 1 : 0
    }
    for column in orders.indices { part(column, node) }
    return middle
  }

  /// Keeps the order within both sides.
  private mutating func part(_ column: Int, _ node: Range<Int>) {
    // Taken out, so that they are written in place.
    var (order, spare) = (orders[column], self.spare)
    (orders[column], self.spare) = ([], [])
    var (left, right) = (node.lowerBound, 0)
    for place in node {
      let row = order[place]
      if isLeft[Int(row)] {
        order[left] = row
        left += 1
      } else {
        spare[right] = row
        right += 1
      }
    }
    for index in 0..<right { order[left + index] = spare[index] }
    (orders[column], self.spare) = (order, spare)
  }
}
