internal import Tensors

/// Encoded inputs of some rows: row-major, each row `stride` floats after the last.
struct FeatureRows: Sendable {
  let values: FloatStore
  let stride: Int
  /// How many of a row's floats are inputs.
  let width: Int

  init(_ values: FloatStore, stride: Int, width: Int) {
    precondition(width <= stride && values.count % max(stride, 1) == 0, "a row is cut short")
    self.values = values
    self.stride = stride
    self.width = width
  }

  init(values: [Float], stride: Int, width: Int) {
    self.init(FloatStore(values), stride: stride, width: width)
  }

  /// Some of the rows, in memory.
  func rows(_ rows: [Int]) -> FeatureRows {
    let source = values.view
    var copy: [Float] = []
    copy.reserveCapacity(rows.count * stride)
    for row in rows {
      for place in (row * stride)..<((row + 1) * stride) { copy.append(source[place]) }
    }
    return FeatureRows(values: copy, stride: stride, width: width)
  }

  var count: Int { stride == 0 ? 0 : values.count / stride }

  /// The mean of every input over all rows.
  func means() -> [Float] {
    var sums = Array(repeating: 0.0, count: width)
    let values = values.view
    for row in 0..<count {
      let start = row * stride
      for i in 0..<width { sums[i] += Double(values[start + i]) }
    }
    return sums.map { Float($0 / Double(max(count, 1))) }
  }

  /// Copies rows into the columns of a block, less `means`, with zeros in the padding.
  func copy(_ rows: Range<Int>, less means: [Float], into block: Matrix) {
    let (view, values) = (block.view, values.view)
    for i in 0..<width {
      let target = i * block.stride
      var source = rows.lowerBound * stride + i
      for b in 0..<rows.count {
        view[target + b] = values[source] - means[i]
        source += stride
      }
      for b in rows.count..<block.lanes { view[target + b] = 0 }
    }
  }
}
