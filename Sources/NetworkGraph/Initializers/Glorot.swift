public import SpecSyntax

/// Variance `2 / (fanIn + fanOut)`: a compromise between the passes forward and backward
/// (Glorot and Bengio 2010).
public struct Glorot: Initializer {
  public static let name = "glorot"
  public static let summary =
    "Variance 2 / (inputs + outputs): for tanh, sigmoid and linear layers."

  @Located public var distribution: Distribution

  public init(reading fields: inout FieldReader) {
    _distribution = fields.distribution()
  }

  public init(_ distribution: Distribution = .normal) {
    _distribution = Located(wrappedValue: distribution)
  }

  public func variance(fanIn: Int, fanOut: Int) -> Double { 2 / Double(fanIn + fanOut) }
}
