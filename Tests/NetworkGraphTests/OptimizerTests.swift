import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Optimisers")
struct OptimizerTests {
  static let cases: [(name: String, fields: String)] =
    Optimizers.all.map { ($0.name, "") } + [
      ("sgd", "momentum: 0"), ("sgd", "momentum: 0.8, nesterov: true, weight_decay: 0.1"),
      ("adam", "weight_decay: 0.1"), ("adamw", "beta1: 0.5, weight_decay: 0.2"),
    ]

  /// Flat buffers with given parameters and gradients; the first half decays.
  static func buffers(
    _ optimizer: any Optimizer, parameters: [Float], gradients: [Float]
  ) -> OptimizerBuffers {
    func view(_ values: [Float]) -> View {
      let view = Arena(floatCount: values.count).whole
      view.copy(from: values)
      return view
    }
    let zeros = parameters.map { _ in Float(0) }
    return OptimizerBuffers(
      parameters: view(parameters), gradients: view(gradients),
      slots: (0..<optimizer.slotCount).map { _ in view(zeros) },
      decayMask: view(parameters.indices.map { $0 < parameters.count / 2 ? 1 : 0 }))
  }

  @Test("steps lower a convex bowl, the first one already", arguments: cases)
  func bowl(name: String, fields: String) throws {
    let optimizer = try read(OptimizerDocument.self, name, fields).optimizer
    var source = RandomSource(seed: 6)
    let start = (0..<32).map { _ in source.normal() }
    let buffers = Self.buffers(optimizer, parameters: start, gradients: start)
    var heights = [sumOfSquares(buffers.parameters)]
    for step in 1...200 {
      buffers.gradients.copy(from: buffers.parameters)
      optimizer.update(buffers, step: step, rate: Float(type(of: optimizer).usualLearningRate))
      heights.append(sumOfSquares(buffers.parameters))
    }
    #expect(heights[1] < heights[0])
    #expect(heights[200] < heights[0] * 0.9)
  }

  @Test("the first steps are those of the published formulas", arguments: cases)
  func formulas(name: String, fields: String) throws {
    let optimizer = try read(OptimizerDocument.self, name, fields).optimizer
    var source = RandomSource(seed: 9)
    let start = (0..<32).map { _ in source.normal() }
    let buffers = Self.buffers(optimizer, parameters: start, gradients: start)
    var reference = ReferenceOptimizer(optimizer, parameters: start.map(Double.init))
    for step in 1...5 {
      let gradients = start.map { _ in source.normal() }
      buffers.gradients.copy(from: gradients)
      optimizer.update(buffers, step: step, rate: 0.1)
      reference.update(gradients.map(Double.init), step: step, rate: 0.1)
    }
    for (a, b) in zip(buffers.parameters.array, reference.parameters) {
      #expect(abs(Double(a) - b) < 1e-5)
    }
  }

  @Test("every optimiser and field is documented")
  func documentation() {
    for variant in Optimizers.variants.map(\.description) {
      #expect(variant.summary.hasSuffix("."))
      #expect(variant.fields.allSatisfy { $0.doc.hasSuffix(".") })
      #expect(variant.fields.contains { $0.name == "weight_decay" })
    }
  }
}

/// The published formulas, one parameter at a time, in double precision.
struct ReferenceOptimizer {
  let optimizer: any Optimizer
  var parameters: [Double]
  var first: [Double]
  var second: [Double]

  init(_ optimizer: any Optimizer, parameters: [Double]) {
    self.optimizer = optimizer
    self.parameters = parameters
    first = parameters.map { _ in 0 }
    second = first
  }

  mutating func update(_ gradients: [Double], step: Int, rate: Double) {
    for i in parameters.indices {
      let decay = i < parameters.count / 2 ? optimizer.weightDecay : 0
      if let sgd = optimizer as? SGD {
        let g = gradients[i] + decay * parameters[i]
        first[i] = sgd.momentum * first[i] + g
        parameters[i] -= rate * (sgd.nesterov ? g + sgd.momentum * first[i] : first[i])
      } else if let adam = optimizer as? Adam {
        let g = gradients[i] + decay * parameters[i]
        adamStep(i, g, step, rate, adam.beta1, adam.beta2, adam.epsilon)
      } else if let adamW = optimizer as? AdamW {
        parameters[i] -= rate * decay * parameters[i]
        adamStep(i, gradients[i], step, rate, adamW.beta1, adamW.beta2, adamW.epsilon)
      }
    }
  }

  private mutating func adamStep(
    _ i: Int, _ g: Double, _ step: Int, _ rate: Double, _ beta1: Double, _ beta2: Double,
    _ epsilon: Double
  ) {
    first[i] = beta1 * first[i] + (1 - beta1) * g
    second[i] = beta2 * second[i] + (1 - beta2) * g * g
    let (power1, power2) = (0..<step).reduce((1.0, 1.0)) { powers, _ in
      (powers.0 * beta1, powers.1 * beta2)
    }
    let mean = first[i] / (1 - power1)
    parameters[i] -= rate * mean / ((second[i] / (1 - power2)).squareRoot() + epsilon)
  }
}
