public import SpecSyntax
public import Tensors

/// The largest value of each window of an image, per channel.
public struct MaxPool2D: WindowPoolingOp {
  public static let name = "max_pool2d"
  public static let summary = "Keeps the largest value of each window of an image."
  public static let kind = Pooling.Kind.largest
  public static let axisCount = 2
  public static var samples: [OpSample] {
    [
      OpSample("size: 2", inputs: [2, 5, 4]),
      OpSample("size: 3, stride: 2, padding: 1", inputs: [2, 5, 6]),
    ]
  }

  public let windows: Windows

  public init(reading fields: inout FieldReader) {
    windows = Windows(poolingFrom: &fields, axes: Self.axisCount)
  }

  /// Whether it takes 2 × 2 values side by side, which a convolution can do in its own sweep.
  var takesPairs: Bool {
    windows.kernel == [2, 2] && windows.stride == [2, 2]
      && (windows.padding == .valid || windows.padding == .sizes([0, 0]))
  }
}
