public import SpecSyntax
public import Tensors

/// `y = activation(W · x + b)`: every output sums over every input.
public struct Dense: WeightedOp {
  public static let name = "dense"
  public static let summary = "Weighted sums of all inputs, one per unit, and an activation."
  public static var shorthand: String? { "units" }
  public static var samples: [OpSample] {
    [
      OpSample("units: 3", inputs: [4]), OpSample("units: 1, activation: sigmoid", inputs: [7]),
      OpSample("units: 18, activation: tanh, initializer: lecun", inputs: [5]),
      OpSample("units: 4, activation: gelu, bias: false", inputs: [17]),
      OpSample("units: 5, activation: relu", inputs: [3]),
    ]
  }

  @Located public var units: Int
  @Located public var activation: Activation
  @Located public var bias: Bool
  @Located public var initializer: Setting<any Initializer>

  public init(reading fields: inout FieldReader) {
    _units = fields.required(
      "units", .integer(1...1_000_000), doc: "How many values come out: the width of the layer.")
    _activation = fields.field(
      "activation", .activation, default: .linear,
      doc: "The function applied to the sums; without one, layers in a row act like one layer.")
    _bias = fields.field(
      "bias", .boolean, default: true, doc: "Whether each unit adds a trained constant.")
    _initializer = fields.auto(
      "initializer", .initializer,
      doc: "How the weights are drawn; `auto` goes by the activation.")
  }

  /// A layer that no spec wrote.
  public init(
    units: Int, activation: Activation = .linear, bias: Bool = true,
    initializer: Setting<any Initializer> = .auto, at range: SourceRange = .none
  ) {
    _units = Located(wrappedValue: units, at: range)
    _activation = Located(wrappedValue: activation, at: range)
    _bias = Located(wrappedValue: bias, at: range)
    _initializer = Located(wrappedValue: initializer, at: range)
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    guard inputs[0].rank == 1 else {
      throw ShapeError(
        "`dense` takes a flat row of features, but its input is \(inputs[0])",
        help: "put `flatten` before it")
    }
    return [units]
  }

  public func parameters(for inputs: [Shape]) -> [ParameterTensor] {
    let initializer = initializer.value ?? Initializers.usual(before: activation)
    let weight = ParameterTensor.weight(
      inputs: inputs[0].count, outputs: units, initializer: initializer)
    return bias ? [weight, .vector("bias", .bias, count: units)] : [weight]
  }

  public func flops(for inputs: [Shape]) -> Int {
    2 * inputs[0].count * units + (activation == .linear ? 0 : units)
  }

  /// The sums before the activation, where its gradient cannot be told from its result.
  public func savedCount(for inputs: [Shape], stride: Int) -> Int {
    activation.gradientNeedsInput ? units * stride : 0
  }

  public func scratchCount(for inputs: [Shape], stride: Int) -> Int {
    denseBackwardWeightsScratch(outputs: units, columns: stride)
  }

  public func fused(with next: any Op) -> (any Op)? {
    guard activation == .linear, let next = next as? any ActivationOp else { return nil }
    var layer = self
    layer.activation = next.activation
    // The weights were drawn for the layer as written; fusing must not change them.
    layer.initializer = .value(initializer.value ?? Initializers.usual(before: .linear))
    return layer
  }

  public var backwardReads: BackwardReads {
    activation == .linear || activation.gradientNeedsInput ? .inputs : [.inputs, .output]
  }

  public func bound(to io: Buffers) -> any BoundOp {
    BoundDense(layer: layer(io), pass: io.pass)
  }

  public func forward(_ io: Buffers) { layer(io).forward(io.workers) }

  public func backward(_ io: Buffers) { layer(io).backward(io.workers) }

  private func layer(_ io: Buffers) -> DenseLayer {
    DenseLayer(
      DenseLayer.Memory(
        weights: io.parameters[0], bias: bias ? io.parameters[1].view : nil,
        input: io.inputs[0], output: io.output,
        sums: activation.gradientNeedsInput ? io.savedMatrix() : nil,
        weightGradient: io.parameterGradients[0],
        biasGradient: bias ? io.parameterGradients[1].view : nil,
        outputGradient: io.outputGradient, inputGradient: io.inputGradients[0].matrix,
        accumulates: io.inputGradients[0].accumulates, scratch: io.scratch),
      activation: activation)
  }
}

/// A dense layer on its memory.
private final class BoundDense: BoundOp {
  private let layer: DenseLayer
  private let pass: Pass

  init(layer: DenseLayer, pass: Pass) { (self.layer, self.pass) = (layer, pass) }

  func forward() { layer.forward(pass.workers) }
  func backward() { layer.backward(pass.workers) }
}
