import Parallel
import Tensors
import Testing

/// Convolutions against sums in double precision, over a grid of their settings.
@Suite("Convolutions")
struct ConvolutionTests {
  /// The rounding of a sum of up to some hundred products of numbers up to 1.
  static let bound = 2e-5

  /// Sizes of a convolution, one of each kind of trouble.
  struct Case: Sendable, CustomStringConvertible {
    var groups = 1
    var inputs = 2
    var outputs = 3
    var size = (5, 6)
    var kernel = (3, 3)
    var stride = (1, 1)
    var dilation = (1, 1)
    var padding = (0, 0)
    var columns = 5

    var description: String {
      "\(groups)×\(inputs)→\(outputs) of \(size), kernel \(kernel), stride \(stride), "
        + "dilation \(dilation), padding \(padding), \(columns) examples"
    }

    var convolution: Convolution {
      func axis(_ input: Int, _ kernel: Int, _ stride: Int, _ dilation: Int, _ padding: Int)
        -> WindowAxis
      {
        let span = (kernel - 1) * dilation + 1
        return WindowAxis(
          input: input, kernel: kernel, stride: stride, dilation: dilation, padding: padding,
          output: (input + 2 * padding - span) / stride + 1)
      }
      return Convolution(
        groups: groups, inputs: inputs, outputs: outputs,
        height: axis(size.0, kernel.0, stride.0, dilation.0, padding.0),
        width: axis(size.1, kernel.1, stride.1, dilation.1, padding.1))
    }
  }

  static let cases: [Case] = [
    Case(), Case(inputs: 1, outputs: 17, columns: 33), Case(padding: (1, 1), columns: 16),
    Case(inputs: 3, outputs: 14, size: (4, 4), padding: (2, 1), columns: 17),
    Case(stride: (2, 2)), Case(stride: (2, 3), padding: (1, 2)),
    Case(size: (7, 8), dilation: (2, 3), padding: (2, 3)),
    Case(size: (8, 7), kernel: (2, 4), stride: (3, 2), dilation: (2, 1), padding: (1, 3)),
    Case(groups: 4, inputs: 1, outputs: 1, padding: (1, 1), columns: 20),
    Case(groups: 2, inputs: 3, outputs: 5, stride: (2, 1)),
    Case(size: (1, 9), kernel: (1, 3), padding: (0, 1)),
    Case(inputs: 13, outputs: 4, size: (3, 3), kernel: (1, 1)),
    Case(inputs: 5, outputs: 2, size: (3, 3), columns: 1),
    Case(inputs: 2, outputs: 13, size: (2, 11), kernel: (2, 5), columns: 3),
  ]

  @Test("a convolution is the sum of its products, and so are its gradients", arguments: cases)
  func sums(test: Case) {
    let problem = ConvolutionProblem(test.convolution, columns: test.columns)
    for set in InstructionSet.available {
      for finish in [Convolution.Finish.plain, .relu] {
        problem.check(finish, on: set, bound: Self.bound)
      }
    }
  }

  @Test(
    "keeping the largest of four gives the same as pooling afterwards",
    arguments: InstructionSet.available)
  func largest(on set: InstructionSet) {
    for (inputs, outputs, columns, padding) in [(1, 5, 20, 0), (3, 13, 7, 1)] {
      var sizes = Case(
        inputs: inputs, outputs: outputs, size: (7, 8), padding: (padding, padding),
        columns: columns
      ).convolution
      sizes.height.output &= ~1
      sizes.width.output &= ~1
      let problem = ConvolutionProblem(sizes, columns: columns)
      for relu in [true, false] { problem.checkLargest(relu: relu, on: set) }
    }
  }

  @Test(
    "every number of threads gives the same bits", arguments: InstructionSet.available, [7, 40])
  func threads(on set: InstructionSet, columns: Int) {
    let sizes = Case(groups: 2, inputs: 3, outputs: 5, padding: (1, 1), columns: columns)
    let problem = ConvolutionProblem(sizes.convolution, columns: columns, threads: 3)
    let results = [1, 1, 2, 3].map { problem.bits(on: set, Workers(count: $0)) }
    #expect(results.dropFirst().allSatisfy { $0 == results[0] })
  }
}

/// One convolution with operands in memory.
struct ConvolutionProblem {
  let sizes: Convolution
  let weights, input: Matrix
  let bias, scratch: View

  init(_ sizes: Convolution, columns: Int, threads: Int = 1) {
    self.sizes = sizes
    weights = sample(rows: sizes.fanIn, columns: sizes.groups * sizes.outputs, seed: 3)
    input = sample(rows: sizes.inputRows, columns: columns, extraStride: 16, seed: 4)
    bias = sampleView(sizes.groups * sizes.outputs, seed: 6)
    let needed = InstructionSet.available.map {
      sizes.scratchCount(columns: columns, threads: threads, on: $0)
    }
    scratch = sampleView(needed.max() ?? 0)
  }

  /// Calls `body` with the rows of output, input and weights, and the column of the weights, of
  /// every product.
  func forEachProduct(_ body: (_ output: Int, _ input: Int, _ tap: Int, _ filter: Int) -> Void) {
    let (height, width) = (sizes.height, sizes.width)
    for filter in 0..<sizes.groups * sizes.outputs {
      let group = filter / sizes.outputs
      for y in 0..<height.output {
        for x in 0..<width.output {
          let output = (filter * height.output + y) * width.output + x
          for tap in 0..<sizes.fanIn {
            let (ky, kx) = (tap / width.kernel % height.kernel, tap % width.kernel)
            let channel = group * sizes.inputs + tap / (width.kernel * height.kernel)
            let sourceY = y * height.stride + ky * height.dilation - height.padding
            let sourceX = x * width.stride + kx * width.dilation - width.padding
            guard 0..<height.input ~= sourceY, 0..<width.input ~= sourceX else { continue }
            body(output, (channel * height.input + sourceY) * width.input + sourceX, tap, filter)
          }
        }
      }
    }
  }

  func forward(
    _ finish: Convolution.Finish, on set: InstructionSet, _ workers: Workers? = nil
  ) -> Matrix {
    let output = blank(sizes.outputRows(finish), input.columns, extraStride: 32)
    sizes.forward(
      weights: weights, bias: bias, input: input, output: output, finish: finish,
      scratch: scratch, workers: workers, on: set)
    return output
  }

  /// Every bit of the results of all three kernels.
  func bits(on set: InstructionSet, _ workers: Workers) -> [UInt32] {
    let output = forward(.relu, on: set, workers)
    let gradient = sample(rows: output.rows, columns: output.columns, seed: 5)
    let (dx, dw) = (blank(input.rows, input.columns), blank(weights.rows, weights.columns))
    let db = sampleView(weights.columns)
    sizes.backwardInput(
      weights: weights, output: output, finish: .relu, outputGradient: gradient,
      inputGradient: dx, scratch: scratch, workers: workers, on: set)
    sizes.backwardWeights(
      input: input, output: output, finish: .relu, outputGradient: gradient, weightGradient: dw,
      biasGradient: db, scratch: scratch, workers: workers, on: set)
    return [output.view, dx.view, dw.view, db].flatMap { $0.array.map(\.bitPattern) }
  }

  /// Compares all three kernels with sums in double precision.
  func check(_ finish: Convolution.Finish, on set: InstructionSet, bound: Double) {
    let output = forward(finish, on: set)
    let gradient = sample(rows: output.rows, columns: output.columns, seed: 5)
    let (w, x, b) = (weights.values, input.values, bias.values)
    let positions = sizes.height.output * sizes.width.output
    var y = (0..<output.rows).map { Array(repeating: b[$0 / positions], count: input.columns) }
    forEachProduct { output, input, tap, filter in
      for j in x[input].indices { y[output][j] += w[tap][filter] * x[input][j] }
    }
    if finish == .relu { y = y.map { $0.map { max($0, 0) } } }
    #expect(distance(output.values, y) < bound, "forward, \(finish), \(set)")

    // Whether a value is cut is told from the result, as rounding may move it over zero.
    var dy = gradient.values
    if finish == .relu {
      for (row, values) in output.values.enumerated() {
        for j in values.indices where values[j] <= 0 { dy[row][j] = 0 }
      }
    }
    var dx = x.map { $0.map { _ in 0.0 } }
    var dw = w.map { $0.map { _ in 0.0 } }
    forEachProduct { output, input, tap, filter in
      for j in x[input].indices {
        dx[input][j] += w[tap][filter] * dy[output][j]
        dw[tap][filter] += x[input][j] * dy[output][j]
      }
    }
    var db = b.map { _ in 0.0 }
    for (row, values) in dy.enumerated() { db[row / positions] += values.reduce(0, +) }
    compare(output, gradient, finish, (dx, dw, db), on: set, bound: bound)
  }

  /// Computes the gradients and, the second time, adds them to what is there.
  private func compare(
    _ output: Matrix, _ gradient: Matrix, _ finish: Convolution.Finish,
    _ answer: (dx: [[Double]], dw: [[Double]], db: [Double]), on set: InstructionSet, bound: Double
  ) {
    let inputGradient = blank(input.rows, input.columns)
    let weightGradient = blank(weights.rows, weights.columns)
    let biasGradient = sampleView(weights.columns)
    for round in [1.0, 2.0] {
      sizes.backwardWeights(
        input: input, output: output, finish: finish, outputGradient: gradient,
        weightGradient: weightGradient, biasGradient: biasGradient, scratch: scratch,
        accumulate: round > 1, on: set)
      sizes.backwardInput(
        weights: weights, output: output, finish: finish, outputGradient: gradient,
        inputGradient: inputGradient, scratch: scratch, accumulate: round > 1, on: set)
      let scaled = { (table: [[Double]]) in table.map { $0.map { $0 * round } } }
      #expect(distance(inputGradient.values, scaled(answer.dx)) < bound, "input, \(set)")
      #expect(distance(weightGradient.values, scaled(answer.dw)) < bound, "weights, \(set)")
      #expect(distance(biasGradient.values, answer.db.map { $0 * round }) < bound, "bias, \(set)")
      #expect(hasZeroPadding(weightGradient), "\(set)")
    }
  }

  /// Compares the finish that keeps the largest of four with a pooling of its own.
  func checkLargest(relu: Bool, on set: InstructionSet) {
    let finish = Convolution.Finish.largestOfFour(relu: relu)
    let pooled = blank(sizes.outputRows(finish), input.columns)
    let codes = sampleView(Convolution.codesCount(rows: pooled.rows, stride: pooled.stride))
    sizes.forward(
      weights: weights, bias: bias, input: input, output: pooled, finish: finish, codes: codes,
      scratch: scratch, on: set)

    let plain = Convolution.Finish.plain
    let whole = forward(relu ? .relu : plain, on: set)
    func half(_ axis: WindowAxis) -> WindowAxis {
      WindowAxis(input: axis.output, kernel: 2, stride: 2, output: axis.output / 2)
    }
    let pooling = Pooling(
      .largest, channels: sizes.groups * sizes.outputs, height: half(sizes.height),
      width: half(sizes.width))
    let largest = blank(pooled.rows, pooled.columns)
    let places = sampleView(pooling.codesCount(stride: largest.stride))
    pooling.forward(input: whole, output: largest, codes: places, on: set)
    #expect(pooled.values == largest.values, "\(set)")

    let gradient = sample(rows: pooled.rows, columns: pooled.columns, seed: 5)
    let wholeGradient = blank(whole.rows, whole.columns)
    pooling.backward(
      outputGradient: gradient, inputGradient: wholeGradient, codes: places, on: set)
    let results = [(finish, pooled, gradient), (relu ? .relu : plain, whole, wholeGradient)].map {
      finish, output, gradient in
      let (dx, dw) = (blank(input.rows, input.columns), blank(weights.rows, weights.columns))
      sizes.backwardInput(
        weights: weights, output: output, codes: codes, finish: finish, outputGradient: gradient,
        inputGradient: dx, scratch: scratch, on: set)
      sizes.backwardWeights(
        input: input, output: output, codes: codes, finish: finish, outputGradient: gradient,
        weightGradient: dw, biasGradient: nil, scratch: scratch, on: set)
      return dx.values + dw.values
    }
    #expect(results[0] == results[1], "\(set)")
  }
}
