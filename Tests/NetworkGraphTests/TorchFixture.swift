import Foundation
import NetworkGraph
import SpecSyntax
import Tensors
import TestSupport

/// What PyTorch computed for a small network in a few steps; `Tests/Fixtures/torch` says how.
struct TorchFixture: Decodable, Sendable, CustomStringConvertible {
  struct Tensor: Decodable, Sendable {
    var name: String
    var shape: [Int]
    var values: [Float]
  }

  struct Step: Decodable, Sendable {
    var loss: Double
    /// The values of `start`'s tensors after the step, in the same order.
    var tensors: [[Double]]
  }

  var op: String
  var opFields: String
  /// An operation that comes after it, if there is one.
  var next: String?
  var nextFields: String
  /// The shapes of the operation's inputs, each of which a dense layer makes; empty if the
  /// operation takes the rows themselves.
  var inputs: [[Int]]
  var loss: String
  var lossFields: String
  var optimizer: String
  var optimizerFields: String
  var rate: Double
  var smoothing: Double
  var weights: [Float]?
  var features: [Float]
  var width: Int
  var targets: [Float]
  var targetCount: Int
  var start: [Tensor]
  var steps: [Step]

  /// The cases of one family: `operations`, `losses` or `optimizers`.
  static func all(_ family: String) -> [TorchFixture] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let text = Repository.text("Tests/Fixtures/torch/\(family).json")
    return (try? decoder.decode([TorchFixture].self, from: Data(text.utf8))) ?? []
  }

  var description: String {
    "\(op) {\(opFields)} of \(inputs), \(next ?? "") \(loss) {\(lossFields)}, \(optimizer) {\(optimizerFields)}"
  }

  /// The network with the weights that PyTorch started from.
  func executor() throws -> Executor {
    let loss = try read(LossDocument.self, loss, lossFields).loss
    let optimizer = try read(OptimizerDocument.self, optimizer, optimizerFields).optimizer
    let plan = Plan(graph: try graph(), batch: rows.rowCount, loss: loss, optimizer: optimizer)
    let executor = Executor(plan, seed: 1)
    executor.labelSmoothing = smoothing
    let tensors = start.map { NamedTensor(name: $0.name, shape: $0.shape, values: $0.values) }
    try executor.load(tensors)
    return executor
  }

  var rows: TrainingData {
    TrainingData(
      features: features, featureCount: width, targets: targets, targetCount: targetCount,
      weights: weights)
  }

  private func graph() throws -> Graph {
    var builder = GraphBuilder(input: [width])
    var log = DiagnosticLog()
    var sources: [Reference] = []
    for (index, sizes) in inputs.enumerated() {
      let name = "source\(index)"
      builder.add(
        Shaped(shape: Shape(sizes)), name: Located(wrappedValue: name),
        from: [Reference(Reference.input)], into: &log)
      sources.append(Reference(name))
    }
    builder.add(
      try read(OpDocument.self, op, opFields).op, name: Located(wrappedValue: "subject"),
      from: sources.isEmpty ? nil : sources, into: &log)
    if let next { builder.add(try read(OpDocument.self, next, nextFields).op, into: &log) }
    return try finished(&builder, &log)
  }
}
