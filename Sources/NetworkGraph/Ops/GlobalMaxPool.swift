public import SpecSyntax
public import Tensors

/// The largest value of each channel: `[channels, height, width]` becomes `[channels]`.
public struct GlobalMaxPool: GlobalPoolingOp {
  public static let name = "global_max_pool"
  public static let summary = "Keeps the largest value of each channel of an image or a series."
  public static let kind = Pooling.Kind.largest
  public static var samples: [OpSample] {
    [OpSample(inputs: [3, 4, 5]), OpSample(inputs: [2, 7])]
  }

  public init(reading fields: inout FieldReader) {}
}
