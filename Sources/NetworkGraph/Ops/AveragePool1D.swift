public import SpecSyntax
public import Tensors

/// The mean of each window of a series, per channel.
public struct AveragePool1D: WindowPoolingOp {
  public static let name = "average_pool1d"
  public static let summary = "Takes the mean of each window of a series."
  public static let kind = Pooling.Kind.mean
  public static let axisCount = 1
  public static var samples: [OpSample] {
    [
      OpSample("size: 2", inputs: [3, 7]),
      OpSample("size: 3, stride: 2, padding: same", inputs: [2, 6]),
    ]
  }

  public let windows: Windows

  public init(reading fields: inout FieldReader) {
    windows = Windows(poolingFrom: &fields, axes: Self.axisCount)
  }
}
