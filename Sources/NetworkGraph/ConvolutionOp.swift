public import SpecSyntax
public import Tensors

/// An operation with weights that are drawn by an initialiser, which may be left open.
public protocol WeightedOp: Op {
  /// The function applied to the weighted sums.
  var activation: Activation { get }
  /// How the weights are drawn; `auto` goes by the activation.
  var initializer: Setting<any Initializer> { get }
}

/// `y[o] = activation(Σ w[o, c, k] · x[c, position + k] + b[o])`: the same weighted sums at every
/// position of an image or a series.
///
/// Weights are `[filters, channels / groups, …kernel]` in files.
public protocol ConvolutionOp: WeightedOp {
  /// How many sizes an image has beside its channels: 1 or 2.
  static var axisCount: Int { get }
  var layer: ConvolutionLayer { get set }
}

/// The fields of a convolution, and what is done in the same sweep.
public struct ConvolutionLayer: Sendable {
  @Located public internal(set) var filters: Int
  @Located public internal(set) var groups: Int
  @Located public internal(set) var bias: Bool
  @Located public internal(set) var activation: Activation
  @Located var initializer: Setting<any Initializer>
  public let windows: Windows
  /// Whether only the largest of every 2 × 2 results is kept.
  var keepsLargest = false

  init(reading fields: inout FieldReader, axes: Int) {
    let sizes = 1...Windows.largest(axes: axes)
    _filters = fields.required(
      "filters", .integer(1...65_536), doc: "How many channels come out: one per filter.")
    let kernel = fields.field(
      "kernel", .perAxis(sizes, axes: axes), default: Array(repeating: 3, count: axes),
      doc: axes == 1
        ? "How many neighbours a filter sees."
        : "The height and width of what a filter sees; one number for both.")
    let stride = fields.field(
      "stride", .perAxis(sizes, axes: axes), default: Array(repeating: 1, count: axes),
      doc: "How far a filter moves from one result to the next.")
    let padding = fields.field(
      "padding", Padding.type(axes: axes, outside: "zeros around the input"), default: .valid,
      doc: "Zeros around the input: `valid` is none, a number is so many on either side.")
    let dilation = fields.field(
      "dilation", .perAxis(sizes, axes: axes), default: Array(repeating: 1, count: axes),
      doc: "How far apart the values lie that a filter sees.")
    _groups = fields.field(
      "groups", .integer(1...65_536), default: 1,
      doc: "Parts of the channels that do not mix; as many as channels makes it depthwise.")
    _activation = fields.field(
      "activation", .activation, default: .linear, doc: "The function applied to the sums.")
    _bias = fields.field(
      "bias", .boolean, default: true, doc: "Whether each filter adds a trained constant.")
    _initializer = fields.auto(
      "initializer", .initializer,
      doc: "How the weights are drawn; `auto` goes by the activation.")
    windows = Windows(kernel: kernel, stride: stride, dilation: dilation, padding: padding)
  }
}

extension ConvolutionOp {
  public static var shorthand: String? { "filters" }
  public static var shownFields: [String] { ["kernel"] }
  public var activation: Activation { layer.activation }
  public var initializer: Setting<any Initializer> { layer.initializer }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    let (channels, sizes) = try inputs[0].image(axes: Self.axisCount, for: name)
    guard channels % layer.groups == 0 else {
      throw ShapeError(
        "\(channels) channels cannot be split into \(layer.groups) equal groups",
        at: layer.$groups, help: "write a divisor of \(channels)")
    }
    guard layer.filters % layer.groups == 0 else {
      throw ShapeError(
        "\(layer.filters) filters cannot be split into \(layer.groups) equal groups",
        at: layer.$filters, help: "write a multiple of \(layer.groups)")
    }
    let axes = try layer.windows.axes(over: sizes, op: name, window: "kernel")
    return Shape([layer.filters] + axes.map { layer.keepsLargest ? $0.output / 2 : $0.output })
  }

  public func parameters(for inputs: [Shape]) -> [ParameterTensor] {
    let initializer = initializer.value ?? Initializers.usual(before: activation)
    let weight = ParameterTensor.filters(
      layer.filters, channels: (inputs[0].sizes.first ?? 1) / layer.groups,
      kernel: layer.windows.kernel, initializer: initializer)
    return layer.bias ? [weight, .vector("bias", .bias, count: layer.filters)] : [weight]
  }

  public func flops(for inputs: [Shape]) -> Int {
    let convolution = convolution(for: inputs)
    let results = layer.filters * convolution.height.output * convolution.width.output
    return results * (2 * convolution.fanIn + (activation == .linear ? 0 : 1))
  }

  /// Which of four results was the largest, or the sums before an activation whose gradient cannot
  /// be told from its result.
  public func savedCount(for inputs: [Shape], stride: Int) -> Int {
    let rows = convolution(for: inputs).outputRows(finish)
    if layer.keepsLargest { return Convolution.codesCount(rows: rows, stride: stride) }
    return activation.gradientNeedsInput ? rows * stride : 0
  }

  public func scratchCount(for inputs: [Shape], stride: Int) -> Int {
    convolution(for: inputs)
      .scratchCount(columns: stride, threads: Convolution.mostThreads)
  }

  public var backwardReads: BackwardReads {
    layer.keepsLargest || activation == .linear ? .inputs : [.inputs, .output]
  }

  public func fused(with next: any Op) -> (any Op)? {
    guard !layer.keepsLargest else { return nil }
    var result = self
    if let pooling = next as? MaxPool2D, pooling.takesPairs, Self.axisCount == 2,
      activation == .linear || activation == .relu
    {
      result.layer.keepsLargest = true
      return result
    }
    guard activation == .linear, let next = next as? any ActivationOp else { return nil }
    result.layer.activation = next.activation
    // The weights were drawn for the layer as written; fusing must not change them.
    result.layer.initializer = .value(
      initializer.value ?? Initializers.usual(before: .linear))
    return result
  }

  public func forward(_ io: Buffers) {
    let savesSums = finish == .plain && activation.gradientNeedsInput
    let output = savesSums ? io.savedMatrix() : io.output
    convolution(for: io.inputShapes).forward(
      weights: io.parameters[0], bias: layer.bias ? io.parameters[1].view : nil,
      input: io.inputs[0], output: output, finish: finish, codes: io.saved, scratch: io.scratch,
      workers: io.workers)
    guard finish == .plain, activation != .linear else { return }
    activate(activation, input: output, output: io.output, workers: io.workers)
  }

  public func backward(_ io: Buffers) {
    let convolution = convolution(for: io.inputShapes)
    let gradient = io.outputGradient
    if finish == .plain, activation != .linear {
      activateBackward(
        activation, input: activation.gradientNeedsInput ? io.savedMatrix() : io.output,
        output: io.output, outputGradient: gradient, inputGradient: gradient, accumulate: false,
        workers: io.workers)
    }
    convolution.backwardWeights(
      input: io.inputs[0], output: io.output, codes: io.saved, finish: finish,
      outputGradient: gradient, weightGradient: io.parameterGradients[0],
      biasGradient: layer.bias ? io.parameterGradients[1].view : nil, scratch: io.scratch,
      workers: io.workers)
    guard let inputGradient = io.inputGradients[0].matrix else { return }
    convolution.backwardInput(
      weights: io.parameters[0], output: io.output, codes: io.saved, finish: finish,
      outputGradient: gradient, inputGradient: inputGradient, scratch: io.scratch,
      accumulate: io.inputGradients[0].accumulates, workers: io.workers)
  }

  /// What the kernels do with a result; other activations run after them.
  private var finish: Convolution.Finish {
    if layer.keepsLargest { return .largestOfFour(relu: activation == .relu) }
    return activation == .relu ? .relu : .plain
  }

  /// The sizes over an input whose shape has been checked.
  private func convolution(for inputs: [Shape]) -> Convolution {
    let input = inputs[0]
    let axes = layer.windows.checkedAxes(of: input)
    var convolution = Convolution(
      groups: layer.groups, inputs: input.sizes[0] / layer.groups,
      outputs: layer.filters / layer.groups, height: axes.height, width: axes.width)
    if layer.keepsLargest {
      // The last result of an odd number has no partner.
      convolution.height.output &= ~1
      convolution.width.output &= ~1
    }
    return convolution
  }
}
