import NetworkGraph
import SpecSyntax
import Tensors

/// Reads a family member's fields, written as `key: value, key: value`.
struct Fields {
  /// The mapping `{name: {fields}}`.
  static func node(_ name: String, _ fields: String) -> Node {
    let entries = parts(of: fields).map { part in
      let words = part.split(separator: ":").map { String($0.drop { $0 == " " }) }
      guard words[1].hasPrefix("[") else { return PlainValue.Entry(words[0], .scalar(words[1])) }
      let items = words[1].dropFirst().dropLast().split(separator: ",")
      let values = items.map { PlainValue.scalar(String($0.drop { $0 == " " })) }
      return PlainValue.Entry(words[0], .list(values))
    }
    return PlainValue.map([.init(name, .map(entries))]).node(at: .none)
  }
}

extension Fields {
  /// The text between the commas that stand outside of brackets.
  private static func parts(of text: String) -> [String] {
    var (parts, depth) = ([""], 0)
    for character in text {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return text.isEmpty ? [] : parts
  }
}

/// An operation alone at the top of a document.
struct OpDocument: FieldReadable {
  let op: any Op
  init(reading fields: inout FieldReader) {
    op = fields.variantKey("operation", Ops.variants)
  }
}

/// A loss alone at the top of a document.
struct LossDocument: FieldReadable {
  let loss: any Loss
  init(reading fields: inout FieldReader) {
    loss = fields.variantKey("loss", Losses.variants)
  }
}

/// An optimiser alone at the top of a document.
struct OptimizerDocument: FieldReadable {
  let optimizer: any Optimizer
  init(reading fields: inout FieldReader) {
    optimizer = fields.variantKey("optimizer", Optimizers.variants)
  }
}

/// A schedule alone at the top of a document.
struct ScheduleDocument: FieldReadable {
  let schedule: any Schedule
  init(reading fields: inout FieldReader) {
    schedule = fields.variantKey("schedule", Schedules.variants)
  }
}

/// Reads one member; findings are an error of the test.
func read<Document: FieldReadable>(
  _ type: Document.Type, _ name: String, _ fields: String
) throws -> Document {
  var log = DiagnosticLog()
  let reading = SpecSyntax.read(type, from: Fields.node(name, fields), into: &log)
  guard log.diagnostics.isEmpty else {
    throw SampleError(words: log.diagnostics.map(\.message).joined(separator: "; "))
  }
  return reading.section
}

struct SampleError: Error { let words: String }

/// One sample of one operation.
struct OpCase: Sendable, CustomStringConvertible {
  let name: String
  let sample: OpSample

  static var all: [OpCase] {
    Ops.all.flatMap { type in type.samples.map { OpCase(name: type.name, sample: $0) } }
  }

  var description: String { "\(name) {\(sample.fields)} of \(sample.inputs)" }

  func op() throws -> any Op { try read(OpDocument.self, name, sample.fields).op }

  /// The operation in a network; one that takes whole numbers gets the network's input.
  func graph() throws -> Graph {
    guard sample.indicesBelow != nil else {
      return try network(around: try op(), inputs: sample.inputs)
    }
    var builder = GraphBuilder(input: sample.inputs[0])
    var log = DiagnosticLog()
    builder.add(try op(), name: Located(wrappedValue: "subject"), into: &log)
    return try finished(&builder, &log)
  }

  /// Random rows that the network of `graph` takes.
  func data(_ graph: Graph, rows: Int, seed: UInt64) -> TrainingData {
    randomData(graph, rows: rows, seed: seed, indicesBelow: sample.indicesBelow)
  }
}

/// A network that feeds each input of a sample from a dense layer of its own, so that the gradients
/// of all inputs show in those layers' parameters.
func network(around op: any Op, inputs: [Shape], width: Int = 3) throws -> Graph {
  var builder = GraphBuilder(input: [width])
  var log = DiagnosticLog()
  let input = Reference(Reference.input)
  var names: [Reference] = []
  for (index, shape) in inputs.enumerated() {
    let name = "source\(index)"
    builder.add(
      Shaped(shape: shape), name: Located(wrappedValue: name), from: [input], into: &log)
    names.append(Reference(name))
  }
  builder.add(op, name: Located(wrappedValue: "subject"), from: names, into: &log)
  return try finished(&builder, &log)
}

/// The graph, or the findings as an error.
func finished(_ builder: inout GraphBuilder, _ log: inout DiagnosticLog) throws -> Graph {
  let graph = builder.finish(into: &log)
  guard let graph, log.diagnostics.isEmpty else {
    throw SampleError(words: log.diagnostics.map(\.message).joined(separator: "; "))
  }
  return graph
}

/// A dense layer whose output is taken for a tensor of any shape.
struct Shaped: Op {
  static let name = "shaped"
  static let summary = "For tests."
  static let samples: [OpSample] = []
  let shape: Shape
  let dense: Dense

  init(shape: Shape) {
    self.shape = shape
    dense = Dense(units: shape.count)
  }

  init(reading fields: inout FieldReader) { self.init(shape: [1]) }

  func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape { shape }
  func parameters(for inputs: [Shape]) -> [ParameterTensor] { dense.parameters(for: inputs) }
  func scratchCount(for inputs: [Shape], stride: Int) -> Int {
    dense.scratchCount(for: inputs, stride: stride)
  }
  func flops(for inputs: [Shape]) -> Int { dense.flops(for: inputs) }
  func forward(_ io: Buffers) { dense.forward(io) }
  func backward(_ io: Buffers) { dense.backward(io) }
}

/// `−Σ c · y`: a loss whose gradient is any cotangent one likes, given as targets.
struct Cotangent: Loss {
  static let name = "cotangent"
  static let summary = "For tests."
  var target: TargetKind { .numbers }
  var link: Link { .identity }

  init() {}
  init(reading fields: inout FieldReader) {}

  func termsPerExample(outputs: Int) -> Int { 1 }

  func evaluate(_ batch: borrowing LossBatch) -> Double {
    var sum = 0.0
    for row in 0..<batch.outputs.rows {
      for column in 0..<batch.outputs.lanes {
        let isUsed = column < batch.outputs.columns
        let target = isUsed ? batch.targets[row, column] : 0
        if isUsed { sum += Double(target) * Double(batch.outputs[row, column]) }
        batch.gradient?[row, column] = target / batch.normaliser
      }
    }
    return sum
  }
}

/// Random rows for a network, of whole numbers if asked.
func randomData(
  _ graph: Graph, rows: Int, seed: UInt64, targets: Int? = nil, indicesBelow: Int? = nil
) -> TrainingData {
  var source = RandomSource(seed: seed)
  let width = graph.inputShape.count
  let targetCount = targets ?? graph.outputShape.count
  let features = (0..<rows * width).map { _ in
    indicesBelow.map { Float(source.below($0)) } ?? source.normal()
  }
  return TrainingData(
    features: features, featureCount: width,
    targets: (0..<rows * targetCount).map { _ in source.normal() }, targetCount: targetCount)
}
