public import SpecSyntax
public import Tensors

/// The mean of each channel: `[channels, height, width]` becomes `[channels]`.
public struct GlobalAveragePool: GlobalPoolingOp {
  public static let name = "global_average_pool"
  public static let summary = "Takes the mean of each channel of an image or a series."
  public static let kind = Pooling.Kind.mean
  public static var samples: [OpSample] {
    [OpSample(inputs: [3, 4, 5]), OpSample(inputs: [2, 7])]
  }

  public init(reading fields: inout FieldReader) {}
}
