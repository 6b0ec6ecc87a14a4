import Tensors
import Testing

let activations: [Activation] = [
  .linear, .relu, .leakyRelu(slope: 0.01), .elu(alpha: 1.5), .selu, .gelu, .silu, .mish, .softplus,
  .tanh, .sigmoid, .hardSigmoid, .hardSwish, .hardTanh, .relu6,
]

struct ActivationTests {
  /// A fine grid over ordinary arguments without the kinks at zero, then far ones.
  static let arguments: [Float] =
    (-200..<200).map { Float($0) * 0.05 + 0.0131 } + [1e-6, -1e-6, 1e-30, -1e-30]
    + [20, 30, 50, 80, 90, -20, -30, -50, -80, -90, 1000, -1000, 1e30, -1e30]

  func row(_ values: [Float]) -> Matrix {
    let memory = Arena(floatCount: padded(values.count)).whole
    let matrix = Matrix(memory, rows: 1, columns: values.count)
    matrix.view.window(0, values.count).copy(from: values)
    return matrix
  }

  @Test("activations agree with their formulas", arguments: activations)
  func values(_ activation: Activation) {
    let input = row(Self.arguments)
    for set in InstructionSet.available {
      let output = blank(1, input.columns)
      activate(activation, input: input, output: output, on: set)
      for (i, x) in Self.arguments.enumerated() {
        let answer = Reference.value(activation, Double(x))
        let bound = 4e-7 * max(abs(answer), min(abs(Double(x)), 1)) + 1e-37
        #expect(abs(Double(output[0, i]) - answer) <= bound, "\(set) at \(x)")
      }
    }
  }

  @Test("activation gradients agree with central differences", arguments: activations)
  func slopes(_ activation: Activation) {
    let near = Self.arguments.filter { abs($0) < 12 && abs($0) > 1e-5 }
    let (input, dy) = (row(near), row(near.map { _ in 2 }))
    for set in InstructionSet.available {
      let (output, dx) = (blank(1, near.count), blank(1, near.count))
      activate(activation, input: input, output: output, on: set)
      let seen = activation.gradientNeedsInput ? input : output
      activateBackward(
        activation, input: seen, output: output, outputGradient: dy, inputGradient: dx, on: set)
      for (i, x) in near.enumerated() {
        let answer = 2 * Reference.slope(activation, Double(x))
        #expect(abs(Double(dx[0, i]) - answer) < 2e-6, "\(set) at \(x)")
      }
      activateBackward(
        activation, input: seen, output: output, outputGradient: dy, inputGradient: dx,
        accumulate: true, on: set)
      let twice = near.map { 4 * Reference.slope(activation, Double($0)) }
      #expect(distance(dx.values[0], twice) < 4e-6, "\(set)")
    }
  }

  @Test("far arguments have finite gradients", arguments: activations)
  func farSlopes(_ activation: Activation) {
    let far: [Float] = [40, -40, 88, -88, 100, -100, 1e4, -1e4, 1e18, -1e18]
    let (input, dy) = (row(far), row(far.map { _ in 1 }))
    for set in InstructionSet.available {
      let (output, dx) = (blank(1, far.count), blank(1, far.count))
      activate(activation, input: input, output: output, on: set)
      activateBackward(
        activation, input: input, output: output, outputGradient: dy, inputGradient: dx, on: set)
      for (i, x) in far.enumerated() {
        let step = 1e-3 * abs(Double(x))
        let rise =
          Reference.value(activation, Double(x) + step) - Reference.value(activation, Double(x))
        let slope = rise / step
        #expect(abs(Double(dx[0, i]) - slope) < 1e-5, "\(set) at \(x)")
      }
    }
  }

  @Test("what is not a number stays so, and zeros keep their sign", arguments: activations)
  func special(_ activation: Activation) {
    for set in InstructionSet.available {
      let (input, output) = (row([.nan, 0, -0.0]), blank(1, 3))
      activate(activation, input: input, output: output, on: set)
      #expect(output[0, 0].isNaN, "\(set)")
      #expect(abs(Double(output[0, 1]) - Reference.value(activation, 0)) < 1e-7, "\(set)")
      #expect(output[0, 2] == output[0, 1], "\(set)")
    }
    let zero = row([-0.0])
    activate(.tanh, input: zero, output: zero)
    #expect(zero[0, 0].sign == .minus)
  }

  @Test("activations work row by row in place and between strides", arguments: sizes)
  func shapesAndStrides(_ size: Int) {
    for set in InstructionSet.available {
      let input = sample(rows: 3, columns: size, extraStride: 16, in: -3...3)
      let output = blank(3, size, extraStride: 48)
      activate(.silu, input: input, output: output, on: set)
      let answer = input.values.map { $0.map { Reference.value(.silu, $0) } }
      #expect(distance(output.values, answer) < 1e-6, "\(set)")
      activate(.silu, input: input, output: input, on: set)
      #expect(input.values == output.values, "\(set)")
    }
  }

  @Test("instruction sets agree within three units of the last place")
  func agreement() {
    for activation in activations {
      let input = sample(rows: 4, columns: 100, in: -6...6)
      let results = InstructionSet.available.map { set in
        let output = blank(4, 100)
        activate(activation, input: input, output: output, on: set)
        return output.values
      }
      for result in results { #expect(distance(result, results[0]) < 3.6e-7, "\(activation)") }
    }
  }

  @Test("a softmax sums to one and agrees with its formula", arguments: [1, 2, 7, 33])
  func softmaxes(_ classes: Int) {
    let logits = sample(rows: classes, columns: 19, in: -40...40)
    let columns = (0..<19).map { j in (0..<classes).map { Double(logits[$0, j]) } }
    for set in InstructionSet.available {
      let output = blank(classes, 19)
      softmax(logits: logits, probabilities: output, on: set)
      for (j, column) in columns.enumerated() {
        let answer = Reference.softmax(column)
        #expect(distance((0..<classes).map { Double(output[$0, j]) }, answer) < 3e-7, "\(set)")
      }
    }
  }
}
