public import SpecSyntax
import Tensors

/// A convolution over a series: `[channels, length]` becomes `[filters, length]`.
public struct Conv1D: ConvolutionOp {
  public static let name = "conv1d"
  public static let summary = "The same weighted sums at every position of a series."
  public static let axisCount = 1
  public static var samples: [OpSample] {
    [
      OpSample("filters: 3, kernel: 2", inputs: [2, 7]),
      OpSample("filters: 4, padding: same, activation: relu", inputs: [4, 5]),
      OpSample("filters: 2, kernel: 3, dilation: 2, stride: 2, padding: 2", inputs: [1, 9]),
      OpSample("filters: 6, groups: 3, activation: tanh, bias: false", inputs: [3, 6]),
    ]
  }

  public var layer: ConvolutionLayer

  public init(reading fields: inout FieldReader) {
    layer = ConvolutionLayer(reading: &fields, axes: Self.axisCount)
  }
}
