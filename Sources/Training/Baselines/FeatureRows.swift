internal import Tensors

/// Encoded inputs of some rows: row-major, each row `stride` floats after the last.
///
/// A straight line cannot use the number of a level, so for it such an input is as many inputs as
/// there are levels, of which the row's own is 1.
struct FeatureRows: Sendable {
  let values: FloatStore
  let stride: Int
  /// How many of a row's floats are inputs of the network.
  let width: Int
  /// How many inputs a straight line has.
  let lineWidth: Int
  /// The inputs that are numbers of levels, by place, and how many of their levels a line is given.
  private let levels: [Int: Int]

  /// The most levels that a line tells apart; the others count as none, because a column of names
  /// would need more memory than the network itself.
  private static let maximumLevels = 1_000

  init(_ values: FloatStore, stride: Int, width: Int, levels: [Int: Int] = [:]) {
    precondition(width <= stride && values.count % max(stride, 1) == 0, "a row is cut short")
    self.values = values
    self.stride = stride
    self.width = width
    self.levels = levels.mapValues { min($0, Self.maximumLevels) }
    lineWidth = self.levels.reduce(width) { $0 + $1.value - 1 }
  }

  init(values: [Float], stride: Int, width: Int, levels: [Int: Int] = [:]) {
    self.init(FloatStore(values), stride: stride, width: width, levels: levels)
  }

  /// Some of the rows, in memory.
  func rows(_ rows: [Int]) -> FeatureRows {
    let source = values.view
    var copy: [Float] = []
    copy.reserveCapacity(rows.count * stride)
    for row in rows {
      for place in (row * stride)..<((row + 1) * stride) { copy.append(source[place]) }
    }
    return FeatureRows(values: copy, stride: stride, width: width, levels: levels)
  }

  var count: Int { stride == 0 ? 0 : values.count / stride }

  /// The mean of every input of a line over all rows.
  func means() -> [Float] {
    var sums = Array(repeating: 0.0, count: lineWidth)
    let values = values.view
    for row in 0..<count {
      var target = 0
      for i in 0..<width {
        let value = values[row * stride + i]
        guard let count = levels[i] else {
          sums[target] += Double(value)
          target += 1
          continue
        }
        if value >= 0, Int(value) < count { sums[target + Int(value)] += 1 }
        target += count
      }
    }
    return sums.map { Float($0 / Double(max(count, 1))) }
  }

  /// Copies rows into the columns of a block, less `means`, with zeros in the padding.
  func copy(_ rows: Range<Int>, less means: [Float], into block: Matrix) {
    let (view, values) = (block.view, values.view)
    var place = 0
    for i in 0..<width {
      let count = levels[i]
      for level in 0..<(count ?? 1) {
        let target = place * block.stride
        var source = rows.lowerBound * stride + i
        for b in 0..<rows.count {
          let value = values[source]
          let input = count == nil ? value : value == Float(level) ? 1 : 0
          view[target + b] = input - means[place]
          source += stride
        }
        for b in rows.count..<block.lanes { view[target + b] = 0 }
        place += 1
      }
    }
  }
}
