public import SpecSyntax
public import Tensors

/// The mean of each window of an image, per channel.
public struct AveragePool2D: WindowPoolingOp {
  public static let name = "average_pool2d"
  public static let summary = "Takes the mean of each window of an image."
  public static let kind = Pooling.Kind.mean
  public static let axisCount = 2
  public static var samples: [OpSample] {
    [
      OpSample("size: 2", inputs: [2, 4, 5]),
      OpSample("size: 3, stride: 2, padding: 1", inputs: [2, 5, 6]),
    ]
  }

  public let windows: Windows

  public init(reading fields: inout FieldReader) {
    windows = Windows(poolingFrom: &fields, axes: Self.axisCount)
  }
}
