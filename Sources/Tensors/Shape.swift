/// The sizes of one example's tensor, outermost first: `[features]` or `[channels, height, width]`.
public struct Shape: Hashable, Sendable, CustomStringConvertible, ExpressibleByArrayLiteral {
  public var sizes: [Int]

  public init(_ sizes: [Int]) { self.sizes = sizes }
  public init(arrayLiteral sizes: Int...) { self.sizes = sizes }

  /// The number of elements: the product of the sizes, 1 for a scalar.
  public var count: Int { sizes.reduce(1, *) }
  public var rank: Int { sizes.count }

  /// The sizes with `×` between them: `16×28×28`.
  public var description: String {
    sizes.isEmpty ? "1" : sizes.map(String.init).joined(separator: "×")
  }
}
