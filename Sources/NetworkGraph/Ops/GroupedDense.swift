public import SpecSyntax
public import Tensors

/// A dense layer for each of `groups` equal parts of a flat row: `y = activation(W · x + b)` of
/// the part's own inputs, with weights of its own, or the same for all if `shared`.
public struct GroupedDense: Op {
  public static let name = "grouped_dense"
  public static let summary = "A small `dense` layer for each of several equal parts of a row."
  public static var samples: [OpSample] {
    [
      OpSample("groups: 3, units: 2", inputs: [12]),
      OpSample("groups: 2, units: 18, activation: gelu", inputs: [6]),
      OpSample("groups: 4, units: 3, activation: tanh, shared: true", inputs: [8]),
      OpSample("groups: 2, units: 5, bias: false, initializer: lecun", inputs: [2]),
    ]
  }

  @Located public var groups: Int
  @Located public var units: Int
  @Located public var activation: Activation
  @Located public var bias: Bool
  @Located public var isShared: Bool
  @Located public var initializer: Setting<any Initializer>

  public init(reading fields: inout FieldReader) {
    _groups = fields.required(
      "groups", .positive, doc: "How many equal parts the row is divided into.")
    _units = fields.required(
      "units", .integer(1...1_000_000), doc: "How many values come out of each part.")
    _activation = fields.field(
      "activation", .activation, default: .linear, doc: "The function applied to the sums.")
    _bias = fields.field(
      "bias", .boolean, default: true, doc: "Whether each unit adds a trained constant.")
    _isShared = fields.field(
      "shared", .boolean, default: false, doc: "Whether all parts have the same weights.")
    _initializer = fields.auto(
      "initializer", .initializer,
      doc: "How the weights are drawn; `auto` goes by the activation.")
  }

  /// A layer that no spec wrote.
  public init(
    groups: Int, units: Int, activation: Activation, isShared: Bool, at range: SourceRange = .none
  ) {
    _groups = Located(wrappedValue: groups, at: range)
    _units = Located(wrappedValue: units, at: range)
    _activation = Located(wrappedValue: activation, at: range)
    _bias = Located(wrappedValue: true, at: range)
    _isShared = Located(wrappedValue: isShared, at: range)
    _initializer = Located(wrappedValue: .auto, at: range)
  }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    guard inputs[0].rank == 1 else {
      throw ShapeError(
        "`grouped_dense` takes a flat row of features, but its input is \(inputs[0])",
        help: "put `flatten` before it")
    }
    guard inputs[0].count % groups == 0 else {
      throw ShapeError(
        "\(inputs[0].count) values cannot be divided into \(groups) equal parts", at: $groups,
        help: "choose a number that divides \(inputs[0].count)")
    }
    let (count, isOverflow) = groups.multipliedReportingOverflow(by: units)
    return [isOverflow ? Int.max : count]
  }

  public func parameters(for inputs: [Shape]) -> [ParameterTensor] {
    let inputsOfPart = inputs[0].count / groups
    let weight = ParameterTensor(
      name: "weight", kind: .weight, rows: isShared ? inputsOfPart : inputs[0].count,
      columns: units, fanIn: inputsOfPart, fanOut: units,
      start: .drawn(initializer.value ?? Initializers.usual(before: activation)))
    return bias ? [weight, .vector("bias", .bias, count: isShared ? units : groups * units)]
      : [weight]
  }

  public func flops(for inputs: [Shape]) -> Int {
    2 * inputs[0].count * units + (activation == .linear ? 0 : groups * units)
  }

  /// The sums before the activation, where its gradient cannot be told from its result.
  public func savedCount(for inputs: [Shape], stride: Int) -> Int {
    activation.gradientNeedsInput ? groups * units * stride : 0
  }

  public func scratchCount(for inputs: [Shape], stride: Int) -> Int {
    denseBackwardWeightsScratch(outputs: units, columns: stride)
  }

  public var backwardReads: BackwardReads {
    activation == .linear || activation.gradientNeedsInput ? .inputs : [.inputs, .output]
  }

  public func forward(_ io: Buffers) {
    let sums = activation.gradientNeedsInput ? io.savedMatrix() : io.output
    for group in 0..<groups {
      let part = Part(group, of: self, in: io)
      denseForward(
        weights: io.parameters[0].rows(part.weights),
        bias: bias ? io.parameters[1].view.window(part.bias, units) : nil,
        input: io.inputs[0].rows(part.inputs), output: sums.rows(part.outputs))
    }
    guard activation != .linear else { return }
    activate(activation, input: sums, output: io.output)
  }

  public func backward(_ io: Buffers) {
    let gradient = io.outputGradient
    if activation != .linear {
      activateBackward(
        activation, input: activation.gradientNeedsInput ? io.savedMatrix() : io.output,
        output: io.output, outputGradient: gradient, inputGradient: gradient, accumulate: false)
    }
    for group in 0..<groups {
      let part = Part(group, of: self, in: io)
      let outputGradient = gradient.rows(part.outputs)
      denseBackwardWeights(
        input: io.inputs[0].rows(part.inputs), outputGradient: outputGradient,
        weightGradient: io.parameterGradients[0].rows(part.weights),
        biasGradient: bias ? io.parameterGradients[1].view.window(part.bias, units) : nil,
        scratch: io.scratch, accumulate: isShared && group > 0)
      guard let inputGradient = io.inputGradients[0].matrix else { continue }
      denseBackwardInput(
        weights: io.parameters[0].rows(part.weights), outputGradient: outputGradient,
        inputGradient: inputGradient.rows(part.inputs),
        accumulate: io.inputGradients[0].accumulates)
    }
  }

  /// Where a part's numbers lie.
  private struct Part {
    let inputs, outputs, weights: Range<Int>
    let bias: Int

    init(_ group: Int, of op: GroupedDense, in io: Buffers) {
      let count = io.inputs[0].rows / op.groups
      inputs = group * count..<(group + 1) * count
      outputs = group * op.units..<(group + 1) * op.units
      weights = op.isShared ? 0..<count : inputs
      bias = op.isShared ? 0 : group * op.units
    }
  }
}
