import SpecSyntax
public import Tensors

/// An operation that keeps one number of each window, channel by channel.
public protocol PoolingOp: Op {
  /// What is kept.
  static var kind: Pooling.Kind { get }
  /// The sizes over an input, or why it cannot be pooled.
  func pooling(over input: Shape) throws(ShapeError) -> Pooling
}

extension PoolingOp {
  public func flops(for inputs: [Shape]) -> Int { inputs[0].count }

  /// Which position of each window was the largest.
  public func savedCount(for inputs: [Shape], stride: Int) -> Int {
    checkedPooling(inputs).codesCount(stride: stride)
  }

  /// Nothing: which values were the largest is saved.
  public var backwardReads: BackwardReads { [] }

  public func forward(_ io: Buffers) {
    checkedPooling(io.inputShapes)
      .forward(input: io.inputs[0], output: io.output, codes: io.saved, workers: io.workers)
  }

  public func backward(_ io: Buffers) {
    guard let inputGradient = io.inputGradients[0].matrix else { return }
    checkedPooling(io.inputShapes).backward(
      outputGradient: io.outputGradient, inputGradient: inputGradient, codes: io.saved,
      accumulate: io.inputGradients[0].accumulates, workers: io.workers)
  }

  private func checkedPooling(_ inputs: [Shape]) -> Pooling {
    guard let pooling = try? pooling(over: inputs[0]) else {
      preconditionFailure("a pooling runs over a shape that was not checked")
    }
    return pooling
  }
}

/// Pooling by windows of a size that a spec gives.
public protocol WindowPoolingOp: PoolingOp {
  /// How many sizes an image has beside its channels: 1 or 2.
  static var axisCount: Int { get }
  var windows: Windows { get }
}

extension WindowPoolingOp {
  public static var shorthand: String? { "size" }

  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    let (channels, sizes) = try inputs[0].image(axes: Self.axisCount, for: name)
    let axes = try windows.axes(over: sizes, op: name, window: "size")
    return Shape([channels] + axes.map(\.output))
  }

  public func pooling(over input: Shape) throws(ShapeError) -> Pooling {
    let axes = windows.checkedAxes(of: input)
    return Pooling(Self.kind, channels: input.sizes[0], height: axes.height, width: axes.width)
  }
}

/// Pooling of whole images, to one number per channel.
public protocol GlobalPoolingOp: PoolingOp {}

extension GlobalPoolingOp {
  public func outputShape(for inputs: [Shape]) throws(ShapeError) -> Shape {
    _ = try pooling(over: inputs[0])
    return [inputs[0].sizes[0]]
  }

  public func pooling(over input: Shape) throws(ShapeError) -> Pooling {
    let axes = input.rank == 2 ? 1 : 2
    _ = try input.image(axes: axes, for: name)
    func whole(_ size: Int) -> WindowAxis { WindowAxis(input: size, kernel: size, output: 1) }
    let (height, width) = (axes == 1 ? 1 : input.sizes[1], input.sizes[axes])
    let most = Pooling.maximumPositions
    guard Self.kind == .mean || height * width <= most else {
      throw ShapeError(
        "`\(name)` takes images of at most \(most) positions, but its input is \(input)",
        help: "make the image smaller first, by a stride or by pooling")
    }
    return Pooling(
      Self.kind, channels: input.sizes[0], height: whole(height), width: whole(width))
  }
}

extension Windows {
  /// The windows of a pooling, whose stride is their size unless it is given.
  init(poolingFrom fields: inout FieldReader, axes: Int) {
    let sizes = FieldType<[Int]>.perAxis(1...Windows.largest(axes: axes), axes: axes)
    let size = fields.required(
      "size", sizes,
      doc: axes == 1
        ? "How many neighbours a window covers."
        : "The height and width of a window; one number for both.")
    let stride = fields.optional(
      "stride", sizes,
      doc: "How far apart windows start; without it as far as their size, side by side.")
    let padding = fields.field(
      "padding", Padding.type(axes: axes, outside: "places around the input"), default: .valid,
      doc: "Places around the input that windows may reach into; they do not count.")
    self.init(
      kernel: size,
      stride: Located(
        wrappedValue: stride.wrappedValue ?? size.wrappedValue, at: stride.projectedValue),
      padding: padding)
  }
}
