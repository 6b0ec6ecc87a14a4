import SpecSyntax
public import Tensors

/// What stands around an image before windows slide over it.
public enum Padding: Hashable, Sendable {
  /// Nothing: windows stay inside.
  case valid
  /// As much as keeps the sizes, divided by the stride and rounded up.
  case same
  /// So many positions on either side of each axis.
  case sizes([Int])

  /// The positions that `sizes` adds to an axis; none for the others.
  func size(_ axis: Int) -> Int {
    if case .sizes(let sizes) = self { sizes[axis] } else { 0 }
  }

  /// The words and numbers of a spec.
  static func type(axes: Int, outside: String) -> FieldType<Padding> {
    .choice(
      [
        ("valid", .valid, "nothing: windows stay inside"),
        ("same", .same, "\(outside) that keep the size, divided by the stride and rounded up"),
      ],
      or: FieldType<[Int]>.perAxis(0...Windows.largest(axes: axes), axes: axes),
      make: { .sizes($0) }, other: { if case .sizes(let sizes) = $0 { sizes } else { nil } })
  }
}

/// The windows of a convolution or a pooling, one size per axis: height and width, or length.
public struct Windows: Sendable {
  @Located var kernel: [Int]
  @Located var stride: [Int]
  @Located var dilation: [Int]
  @Located var padding: Padding

  init(
    kernel: Located<[Int]>, stride: Located<[Int]>, dilation: Located<[Int]>? = nil,
    padding: Located<Padding>
  ) {
    _kernel = kernel
    _stride = stride
    _dilation = dilation ?? Located(wrappedValue: kernel.wrappedValue.map { _ in 1 })
    _padding = padding
  }

  /// The largest size of an axis; a window has at most 65,536 positions.
  static func largest(axes: Int) -> Int { axes == 1 ? 65_536 : 256 }

  /// The axes over an image of these sizes, or why its windows do not fit; `op` and `window` are
  /// the names of the operation and of its window in messages.
  func axes(over sizes: [Int], op: String, window: String) throws(ShapeError) -> [WindowAxis] {
    var result: [WindowAxis] = []
    for (index, size) in sizes.enumerated() {
      result.append(try axis(index, over: size, op: op, window: window))
    }
    return result
  }

  /// One of the axes, over so many positions.
  func axis(
    _ index: Int, over size: Int, op: String, window: String
  ) throws(ShapeError) -> WindowAxis {
    var axis = WindowAxis(
      input: size, kernel: kernel[index], stride: stride[index], dilation: dilation[index],
      output: 1)
    let name = kernel.count == 1 ? "length" : ["height", "width"][index]
    if padding == .same {
      axis.output = (size + axis.stride - 1) / axis.stride
      axis.padding = max(0, (axis.output - 1) * axis.stride + axis.span - size) / 2
      return axis
    }
    axis.padding = padding.size(index)
    guard axis.padding < axis.span else {
      throw ShapeError(
        "a padding of \(axis.padding) leaves windows of `\(op)` that see none of the \(name)",
        at: $padding, help: "write less than the \(axis.span) positions that a window spans")
    }
    let padded = size + 2 * axis.padding
    guard axis.span <= padded else {
      let spread = axis.dilation > 1 ? " with a dilation of \(axis.dilation)" : ""
      let around = axis.padding > 0 ? " with its padding" : ""
      throw ShapeError(
        "a \(window) of \(axis.kernel)\(spread) spans \(axis.span) positions, "
          + "but the \(name)\(around) has \(padded)",
        at: $kernel, help: "write a smaller \(window), or `padding: same`")
    }
    axis.output = (padded - axis.span) / axis.stride + 1
    return axis
  }
}

extension Windows {
  /// Height and width over an image whose shape has been checked; a series has one row.
  public func checkedAxes(of image: Shape) -> (height: WindowAxis, width: WindowAxis) {
    func checked(_ index: Int) -> WindowAxis {
      guard let axis = try? axis(index, over: image.sizes[index + 1], op: "", window: "") else {
        preconditionFailure("windows slide over a shape that was not checked")
      }
      return axis
    }
    return kernel.count == 1 ? (.single, checked(0)) : (checked(0), checked(1))
  }
}

extension Shape {
  /// The channels and the sizes of an image with so many axes, or why this is none.
  func image(axes: Int, for op: String) throws(ShapeError) -> (channels: Int, sizes: [Int]) {
    guard rank != axes + 1 else { return (sizes[0], Array(sizes.dropFirst())) }
    let wanted = axes == 1 ? "channels and length" : "channels, height and width"
    guard rank > 1 else {
      throw ShapeError(
        "`\(op)` takes \(wanted), but its input is a flat row of \(count)",
        help: "say how the values lie, as `shape: \(guess(axes: axes))` under `data`")
    }
    let help =
      switch (axes, rank) {
      case (2, 2): "name the channels too: `shape: [1, \(sizes[0]), \(sizes[1])]` under `data`"
      case (1, 3): "use the operation for images, whose name ends in 2d"
      default: "the sizes of one example stand in `shape` under `data`"
      }
    throw ShapeError("`\(op)` takes \(wanted), but its input is \(self)", help: help)
  }

  /// One channel of these values, square if that works out.
  private func guess(axes: Int) -> String {
    guard axes == 2 else { return "[1, \(count)]" }
    var side = 1
    while (side + 1) * (side + 1) <= count { side += 1 }
    return side * side == count ? "[1, \(side), \(side)]" : "[channels, height, width]"
  }
}
