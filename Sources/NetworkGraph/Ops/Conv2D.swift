public import SpecSyntax
import Tensors

/// A convolution over images: `[channels, height, width]` becomes `[filters, height, width]`.
public struct Conv2D: ConvolutionOp {
  public static let name = "conv2d"
  public static let summary = "The same weighted sums at every position of an image."
  public static let axisCount = 2
  public static var samples: [OpSample] {
    [
      OpSample("filters: 3", inputs: [2, 5, 6]),
      OpSample("filters: 5, kernel: 3, padding: same, activation: relu", inputs: [1, 4, 5]),
      OpSample("filters: 2, kernel: 2, stride: 2, activation: gelu", inputs: [3, 4, 5]),
      OpSample("filters: 4, groups: 4, padding: 2, dilation: 2, bias: false", inputs: [4, 3, 4]),
      OpSample("filters: 6, groups: 2, kernel: 1, activation: tanh", inputs: [4, 2, 3]),
    ]
  }

  public var layer: ConvolutionLayer

  public init(reading fields: inout FieldReader) {
    layer = ConvolutionLayer(reading: &fields, axes: Self.axisCount)
  }
}
