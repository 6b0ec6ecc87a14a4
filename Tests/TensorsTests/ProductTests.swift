import Tensors
import Testing

/// The three products of a dense layer against sums in double precision.
struct ProductTests {
  /// The rounding of a sum of up to 400 products of numbers up to 1.
  static let bound = 4e-6

  /// One layer with operands in memory and the answers in double precision.
  struct Layer {
    let weights, input, outputGradient: Matrix
    let bias: View

    init(inputs: Int, outputs: Int, columns: Int) {
      weights = sample(rows: inputs, columns: outputs, seed: 3)
      input = sample(rows: inputs, columns: columns, extraStride: 16, seed: 4)
      outputGradient = sample(rows: outputs, columns: columns, extraStride: 32, seed: 5)
      bias = sampleView(outputs, seed: 6)
    }

    var output: [[Double]] {
      let (w, x, b) = (weights.values, input.values, bias.values)
      return (0..<weights.columns).map { o in
        var row = [Double](repeating: b[o], count: input.columns)
        for i in 0..<weights.rows {
          for j in row.indices { row[j] += w[i][o] * x[i][j] }
        }
        return row
      }
    }

    var inputGradient: [[Double]] {
      let (w, dy) = (weights.values, outputGradient.values)
      return (0..<weights.rows).map { i in
        var row = [Double](repeating: 0, count: input.columns)
        for o in dy.indices {
          for j in row.indices { row[j] += w[i][o] * dy[o][j] }
        }
        return row
      }
    }

    var weightGradient: [[Double]] {
      let (x, dy) = (input.values, outputGradient.values)
      return x.map { x in dy.map { dy in zip(x, dy).reduce(0) { $0 + $1.0 * $1.1 } } }
    }

    var biasGradient: [Double] { outputGradient.values.map { $0.reduce(0, +) } }
  }

  @Test("a dense layer's output is the sum of its products", arguments: shapes.indices)
  func forward(_ index: Int) {
    let shape = shapes[index]
    let layer = Layer(inputs: shape.inner, outputs: shape.rows, columns: shape.columns)
    checkForward(layer)
  }

  @Test("a dense layer's gradients are the sums of their products", arguments: shapes.indices)
  func backward(_ index: Int) {
    let shape = shapes[index]
    checkBackward(Layer(inputs: shape.inner, outputs: shape.rows, columns: shape.columns))
  }

  @Test(
    "products beyond the caches are the same sums",
    arguments: [(300, 200, 33), (520, 100, 17), (100, 530, 16)])
  func large(_ inputs: Int, _ outputs: Int, _ columns: Int) {
    let layer = Layer(inputs: inputs, outputs: outputs, columns: columns)
    checkForward(layer)
    checkBackward(layer)
  }

  func checkForward(_ layer: Layer) {
    let answer = layer.output
    let cut = answer.map { $0.map { max($0, 0) } }
    for set in InstructionSet.available {
      let output = blank(layer.weights.columns, layer.input.columns, extraStride: 48)
      denseForward(
        weights: layer.weights, bias: layer.bias, input: layer.input, output: output, on: set)
      #expect(distance(output.values, answer) < Self.bound, "\(set)")
      denseForward(
        weights: layer.weights, bias: layer.bias, input: layer.input, output: output,
        activation: .relu, on: set)
      #expect(distance(output.values, cut) < Self.bound, "\(set)")
      #expect(firstNonFinite(output.view) == nil)
    }
  }

  func checkBackward(_ layer: Layer) {
    let (dx, dw, db) = (layer.inputGradient, layer.weightGradient, layer.biasGradient)
    for set in InstructionSet.available {
      let inputGradient = blank(layer.weights.rows, layer.input.columns, extraStride: 16)
      let weightGradient = blank(layer.weights.rows, layer.weights.columns)
      let biasGradient = sampleView(layer.weights.columns)
      let scratch = sampleView(
        denseBackwardWeightsScratch(outputs: layer.weights.columns, columns: layer.input.columns))
      for round in [1.0, 2.0] {
        denseBackwardInput(
          weights: layer.weights, outputGradient: layer.outputGradient,
          inputGradient: inputGradient, accumulate: round > 1, on: set)
        denseBackwardWeights(
          input: layer.input, outputGradient: layer.outputGradient, weightGradient: weightGradient,
          biasGradient: biasGradient, scratch: scratch, accumulate: round > 1, on: set)
        let scaled = { (table: [[Double]]) in table.map { $0.map { $0 * round } } }
        #expect(distance(inputGradient.values, scaled(dx)) < Self.bound, "\(set)")
        #expect(distance(weightGradient.values, scaled(dw)) < Self.bound, "\(set)")
        #expect(distance(biasGradient.values, db.map { $0 * round }) < Self.bound, "\(set)")
        #expect(hasZeroPadding(weightGradient), "\(set)")
      }
    }
  }

  @Test("a layer may have no bias and other activations")
  func withoutBias() {
    let layer = Layer(inputs: 5, outputs: 3, columns: 4)
    let (plain, curved) = (blank(3, 4), blank(3, 4))
    denseForward(weights: layer.weights, bias: nil, input: layer.input, output: plain)
    denseForward(
      weights: layer.weights, bias: nil, input: layer.input, output: curved, activation: .tanh)
    let bias = layer.bias.values
    let answer = layer.output.enumerated().map { o, row in row.map { $0 - bias[o] } }
    #expect(distance(plain.values, answer) < Self.bound)
    activate(.tanh, input: plain, output: plain)
    #expect(plain.values == curved.values)
  }

  @Test("the same product twice gives the same bits", arguments: InstructionSet.available)
  func repeats(_ set: InstructionSet) {
    let layer = Layer(inputs: 31, outputs: 10, columns: 33)
    let (first, second) = (blank(10, 33), blank(10, 33))
    denseForward(weights: layer.weights, bias: nil, input: layer.input, output: first, on: set)
    denseForward(weights: layer.weights, bias: nil, input: layer.input, output: second, on: set)
    #expect(first.values == second.values)
  }
}
