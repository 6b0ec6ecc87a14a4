internal import Tensors

/// The rows a linear model is fitted to, in blocks that stay in the processor's cache.
struct LinearProblem {
  /// What the outputs are compared with.
  enum Target {
    /// Row-major numbers.
    case numbers([Float])
    /// The index of each row's class, and how many classes there are.
    case classes([Float], count: Int)
  }

  /// Some rows as columns, and what is true of them.
  private struct Block {
    let inputs: Matrix
    let targets: Matrix
    let outputs: Matrix
    let gradient: Matrix
  }

  let rowCount: Int
  let inputs: Int
  /// One number per target, one logit for two classes, or one per class.
  let outputs: Int
  let means: [Float]
  private let isClasses: Bool
  private let blocks: [Block]
  private let weights: Matrix
  private let bias: View
  private let weightGradient: Matrix
  private let biasGradient: View
  private let scratch: View

  init(rows: FeatureRows, target: Target) {
    let blockSize = 256
    let (values, targetRows): ([Float], Int)
    switch target {
    case .numbers(let numbers):
      (values, targetRows) = (numbers, numbers.count / max(rows.count, 1))
      (outputs, isClasses) = (targetRows, false)
    case .classes(let codes, let count):
      (values, targetRows) = (codes, 1)
      (outputs, isClasses) = (count == 2 ? 1 : count, true)
    }
    (rowCount, inputs, means) = (rows.count, rows.lineWidth, rows.means())
    let starts = stride(from: 0, to: rows.count, by: blockSize)
    let blockFloats = (rows.lineWidth + targetRows) * blockSize
    let parameterFloats = rows.lineWidth * padded(outputs) + padded(outputs)
    let scratchFloats = denseBackwardWeightsScratch(outputs: outputs, columns: blockSize)
    let blockCount = starts.reduce(0) { count, _ in count + 1 }
    let sharedFloats = 2 * outputs * blockSize + 2 * parameterFloats + scratchFloats
    var memory = Allotment(Arena(floatCount: blockCount * blockFloats + sharedFloats))
    let outputView = memory.take(outputs * blockSize)
    let gradientView = memory.take(outputs * blockSize)
    weights = Matrix(
      memory.take(rows.lineWidth * padded(outputs)), rows: rows.lineWidth, columns: outputs)
    bias = memory.take(padded(outputs))
    weightGradient = Matrix(
      memory.take(rows.lineWidth * padded(outputs)), rows: rows.lineWidth, columns: outputs)
    biasGradient = memory.take(padded(outputs))
    scratch = memory.take(scratchFloats)
    var blocks: [Block] = []
    for start in starts {
      let range = start..<min(start + blockSize, rows.count)
      func matrix(_ view: View, _ rows: Int) -> Matrix {
        Matrix(view, rows: rows, columns: range.count, stride: blockSize)
      }
      let x = matrix(memory.take(rows.lineWidth * blockSize), rows.lineWidth)
      let t = matrix(memory.take(targetRows * blockSize), targetRows)
      rows.copy(range, less: means, into: x)
      for (b, row) in range.enumerated() {
        for j in 0..<targetRows { t[j, b] = values[row * targetRows + j] }
      }
      blocks.append(
        Block(
          inputs: x, targets: t, outputs: matrix(outputView, outputs),
          gradient: matrix(gradientView, outputs)))
    }
    self.blocks = blocks
  }

  /// How many numbers are fitted: the weights input by input, then the intercepts.
  var parameterCount: Int { (inputs + 1) * outputs }

  /// The mean loss plus `penalty/2 · Σ weight²` over the rows, and its gradient.
  ///
  /// The loss of a row is half its squared error, or −log of its class's probability. Intercepts
  /// are not penalised.
  func objective(_ parameters: [Double], penalty: Double) -> (value: Double, gradient: [Double]) {
    for i in 0..<inputs {
      for j in 0..<outputs { weights[i, j] = Float(parameters[i * outputs + j]) }
    }
    for j in 0..<outputs { bias[j] = Float(parameters[inputs * outputs + j]) }
    var sum = 0.0
    for (index, block) in blocks.enumerated() {
      denseForward(weights: weights, bias: bias, input: block.inputs, output: block.outputs)
      sum += loss(of: block)
      denseBackwardWeights(
        input: block.inputs, outputGradient: block.gradient, weightGradient: weightGradient,
        biasGradient: biasGradient, scratch: scratch, accumulate: index > 0)
    }
    var value = sum / Double(rowCount)
    var gradient = Array(repeating: 0.0, count: parameterCount)
    for i in 0..<(inputs * outputs) {
      value += penalty / 2 * parameters[i] * parameters[i]
      gradient[i] = Double(weightGradient[i / outputs, i % outputs]) + penalty * parameters[i]
    }
    for j in 0..<outputs { gradient[inputs * outputs + j] = Double(biasGradient[j]) }
    return (value, gradient)
  }

  /// The summed loss of one block, whose gradient is left for the backward pass.
  private func loss(of block: Block) -> Double {
    let count = Float(rowCount)
    guard isClasses else {
      return squaredError(
        outputs: block.outputs, targets: block.targets, normaliser: 2 * count,
        gradient: block.gradient) / 2
    }
    guard outputs > 1 else {
      return sigmoidCrossEntropy(
        logits: block.outputs, targets: block.targets, normaliser: count, gradient: block.gradient)
    }
    return softmaxCrossEntropy(
      logits: block.outputs, classes: block.targets.view, normaliser: count,
      gradient: block.gradient)
  }

  /// `Σ (x − m)(x − m)ᵀ` and `Σ (x − m) tᵀ`, the sums of the normal equations.
  func normalSums() -> (squares: [Double], products: [Double]) {
    let stride = padded(inputs)
    let scratchFloats = max(
      denseBackwardWeightsScratch(outputs: inputs, columns: 256),
      denseBackwardWeightsScratch(outputs: outputs, columns: 256))
    var memory = Allotment(Arena(floatCount: inputs * stride + scratchFloats))
    let product = Matrix(memory.take(inputs * stride), rows: inputs, columns: inputs)
    let scratch = memory.take(scratchFloats)
    var squares = Array(repeating: 0.0, count: inputs * inputs)
    var products = Array(repeating: 0.0, count: inputs * outputs)
    for block in blocks {
      denseBackwardWeights(
        input: block.inputs, outputGradient: block.inputs, weightGradient: product,
        biasGradient: nil, scratch: scratch)
      addRows(of: product, to: &squares)
      denseBackwardWeights(
        input: block.inputs, outputGradient: block.targets, weightGradient: weightGradient,
        biasGradient: nil, scratch: scratch)
      addRows(of: weightGradient, to: &products)
    }
    return (squares, products)
  }
}

/// Adds a matrix to gapless sums.
private func addRows(of matrix: Matrix, to sums: inout [Double]) {
  let values = matrix.view.array
  for i in 0..<matrix.rows {
    for j in 0..<matrix.columns {
      sums[i * matrix.columns + j] += Double(values[i * matrix.stride + j])
    }
  }
}

/// Hands out an arena from its start, every piece a multiple of 16 floats.
struct Allotment {
  private let arena: Arena
  private var offset = 0

  init(_ arena: Arena) {
    self.arena = arena
  }

  /// The next `count` floats.
  mutating func take(_ count: Int) -> View {
    defer { offset += count }
    return arena.whole.window(offset, count)
  }
}
