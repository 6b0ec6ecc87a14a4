public import SpecSyntax
public import Tensors

/// The largest value of each window of a series, per channel.
public struct MaxPool1D: WindowPoolingOp {
  public static let name = "max_pool1d"
  public static let summary = "Keeps the largest value of each window of a series."
  public static let kind = Pooling.Kind.largest
  public static let axisCount = 1
  public static var samples: [OpSample] {
    [
      OpSample("size: 2", inputs: [3, 7]),
      OpSample("size: 3, stride: 1, padding: same", inputs: [2, 5]),
    ]
  }

  public let windows: Windows

  public init(reading fields: inout FieldReader) {
    windows = Windows(poolingFrom: &fields, axes: Self.axisCount)
  }
}
