public import SpecSyntax

/// Variance `1 / fanIn`: a linear layer passes the variance of its input on (LeCun et al. 1998).
public struct Lecun: Initializer {
  public static let name = "lecun"
  public static let summary = "Variance 1 / inputs: for selu, which keeps unit variance by itself."

  @Located public var distribution: Distribution

  public init(reading fields: inout FieldReader) {
    _distribution = fields.distribution()
  }

  public init(_ distribution: Distribution = .normal) {
    _distribution = Located(wrappedValue: distribution)
  }

  public func variance(fanIn: Int, fanOut: Int) -> Double { 1 / Double(fanIn) }
}
