import Parallel
import Tensors
import Testing

/// A dense layer bound to its memory against the products it is made of.
struct DenseLayerTests {
  /// One layer's operands, and room for its results.
  struct Memory {
    var layer: DenseLayer.Memory

    init(
      inputs: Int, outputs: Int, columns: Int, activation: Activation, accumulates: Bool = false
    ) {
      layer = DenseLayer.Memory(
        weights: sample(rows: inputs, columns: outputs, seed: 3), bias: sampleView(outputs, seed: 6),
        input: sample(rows: inputs, columns: columns, seed: 4), output: blank(outputs, columns),
        sums: activation.gradientNeedsInput ? blank(outputs, columns) : nil,
        weightGradient: blank(inputs, outputs), biasGradient: sampleView(outputs),
        outputGradient: sample(rows: outputs, columns: columns, seed: 5),
        inputGradient: blank(inputs, columns), accumulates: accumulates,
        scratch: sampleView(denseBackwardWeightsScratch(outputs: outputs, columns: columns)))
    }

    /// Everything that the passes write and somebody reads.
    var results: [[Double]] {
      layer.output.values + layer.weightGradient.values + (layer.inputGradient?.values ?? [])
        + [layer.biasGradient?.values ?? []]
    }

    func run(_ activation: Activation, threads: Int, on set: InstructionSet) {
      let bound = DenseLayer(layer, activation: activation, on: set)
      let workers = Workers(count: threads)
      bound.forward(workers)
      bound.backward(workers)
    }

    /// The same by the free functions, one thread.
    func runApart(_ activation: Activation, on set: InstructionSet) {
      let sums = layer.sums ?? layer.output
      denseForward(
        weights: layer.weights, bias: layer.bias, input: layer.input, output: sums, on: set)
      activate(activation, input: sums, output: layer.output, on: set)
      activateBackward(
        activation, input: sums, output: layer.output, outputGradient: layer.outputGradient,
        inputGradient: layer.outputGradient, on: set)
      denseBackwardWeights(
        input: layer.input, outputGradient: layer.outputGradient,
        weightGradient: layer.weightGradient, biasGradient: layer.biasGradient,
        scratch: layer.scratch, on: set)
      if let inputGradient = layer.inputGradient {
        denseBackwardInput(
          weights: layer.weights, outputGradient: layer.outputGradient,
          inputGradient: inputGradient, accumulate: layer.accumulates, on: set)
      }
    }
  }

  static let sizes = [(5, 3, 4), (54, 128, 33), (129, 97, 65)]

  @Test("a bound layer computes what its products do, and for any number of threads the same bytes",
    arguments: sizes)
  func sharing(_ inputs: Int, _ outputs: Int, _ columns: Int) {
    for set in InstructionSet.available {
      for activation in [Activation.relu, .gelu] {
        let apart = Memory(
          inputs: inputs, outputs: outputs, columns: columns, activation: activation)
        apart.runApart(activation, on: set)
        for threads in [1, 2, 3] {
          let memory = Memory(
            inputs: inputs, outputs: outputs, columns: columns, activation: activation)
          memory.run(activation, threads: threads, on: set)
          #expect(memory.results == apart.results, "\(activation) on \(set) with \(threads)")
        }
      }
    }
  }

  @Test("the gradient of an input that feeds several layers is a sum")
  func accumulation() {
    let (once, added) = (
      Memory(inputs: 7, outputs: 5, columns: 9, activation: .relu),
      Memory(inputs: 7, outputs: 5, columns: 9, activation: .relu, accumulates: true)
    )
    once.run(.relu, threads: 1, on: .current)
    added.layer.inputGradient?.view.fill(1)
    added.run(.relu, threads: 1, on: .current)
    let expected = (once.layer.inputGradient?.values ?? []).map { $0.map { $0 + 1 } }
    #expect(distance(added.layer.inputGradient?.values ?? [], expected) < 1e-6)
  }
}
