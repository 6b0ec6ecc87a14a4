public import SpecSyntax

/// Variance `2 / fanIn`: half of a relu-like activation is zero, so the rest is doubled
/// (He et al. 2015).
public struct He: Initializer {
  public static let name = "he"
  public static let summary =
    "Variance 2 / inputs: keeps the signal steady through relu-like activations."

  @Located public var distribution: Distribution

  public init(reading fields: inout FieldReader) {
    _distribution = fields.distribution()
  }

  public init(_ distribution: Distribution = .normal) {
    _distribution = Located(wrappedValue: distribution)
  }

  public func variance(fanIn: Int, fanOut: Int) -> Double { 2 / Double(fanIn) }
}
