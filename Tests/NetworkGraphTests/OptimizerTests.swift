import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Optimisers")
struct OptimizerTests {
  static let cases: [(name: String, fields: String)] =
    Optimizers.all.map { ($0.name, "") } + OptimizerFixture.all.map { ($0.name, $0.fields) }

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

  @Test("steps at the usual rate lower a convex bowl, the first one already", arguments: cases)
  func bowl(name: String, fields: String) throws {
    let optimizer = try read(OptimizerDocument.self, name, fields).optimizer
    var source = RandomSource(seed: 6)
    let start = (0..<32).map { _ in source.normal() }
    let buffers = Self.buffers(optimizer, parameters: start, gradients: start)
    var heights = [sumOfSquares(buffers.parameters)]
    for step in 1...1000 {
      buffers.gradients.copy(from: buffers.parameters)
      optimizer.update(buffers, step: step, rate: Float(type(of: optimizer).usualLearningRate))
      heights.append(sumOfSquares(buffers.parameters))
    }
    #expect(heights[1] < heights[0])
    #expect(heights[1000] < heights[0] * 0.9)
  }

  @Test("ten steps are those of PyTorch", arguments: OptimizerFixture.all)
  func fixtures(fixture: OptimizerFixture) throws {
    let optimizer = try read(OptimizerDocument.self, fixture.name, fixture.fields).optimizer
    let start = OptimizerFixture.start
    let buffers = Self.buffers(optimizer, parameters: start, gradients: start)
    for step in 1...10 {
      buffers.gradients.copy(
        from: OptimizerFixture.gradients(step, at: buffers.parameters.array))
      optimizer.update(buffers, step: step, rate: 0.1)
    }
    for (value, expected) in zip(buffers.parameters.array, fixture.expected) {
      #expect(abs(Double(value) - expected) < 1e-6, "\(buffers.parameters.array)")
    }
  }

  @Test("a late step is finite and of the usual size", arguments: cases)
  func lateStep(name: String, fields: String) throws {
    let optimizer = try read(OptimizerDocument.self, name, fields).optimizer
    let buffers = Self.buffers(optimizer, parameters: [1, 1, 1, 1], gradients: [1, -1, 0, 1e-20])
    for step in [1, 1_000_000, 2_000_000_000] {
      optimizer.update(buffers, step: step, rate: 0.001)
      #expect(buffers.parameters.array.allSatisfy { abs($0 - 1) < 0.1 })
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
