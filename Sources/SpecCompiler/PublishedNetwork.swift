/// A network that others tuned for a public table, to compare sizes with.
public struct PublishedNetwork: Sendable, Encodable, Equatable {
  public let name: String
  public let inputs: Int
  public let outputs: Int
  /// Training rows, rounded to thousands.
  public let rows: Int
  public let widths: [Int]

  /// Tuned networks of Gorishniy et al. 2021 (run records of `rtdl-revisiting-models`): 100 trials
  /// for each table, ReLU, dropout, AdamW, early stopping. Widths were searched up to 512 or 1024.
  public static let all = [
    PublishedNetwork("California housing", 8, 1, 13_000, [510, 263, 363]),
    PublishedNetwork("Helena", 27, 100, 42_000, [441, 209, 382]),
    PublishedNetwork("Jannis", 54, 4, 54_000, [103, 249]),
    PublishedNetwork("Higgs small", 28, 1, 63_000, [231, 121]),
    PublishedNetwork("ALOI", 128, 1000, 69_000, [415, 499]),
    PublishedNetwork("Epsilon", 2000, 1, 320_000, [2, 385, 425]),
    PublishedNetwork("Year", 90, 1, 371_000, [748, 809, 597]),
    PublishedNetwork("Covertype", 54, 7, 372_000, [862, 444, 444, 444, 444, 444, 654]),
    PublishedNetwork("Yahoo", 699, 1, 473_000, [926, 175]),
    PublishedNetwork("Microsoft", 136, 1, 723_000, [916, 247]),
  ]

  private init(_ name: String, _ inputs: Int, _ outputs: Int, _ rows: Int, _ widths: [Int]) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.rows = rows
    self.widths = widths
  }

  /// The two whose numbers of inputs, outputs and rows are nearest, as ratios.
  static func nearest(inputs: Int, outputs: Int, rows: Int?) -> [PublishedNetwork] {
    func distance(_ network: PublishedNetwork) -> Double {
      ratio(network.inputs, inputs) * ratio(network.outputs, outputs)
        * (rows.map { ratio(network.rows, $0) } ?? 1)
    }
    return Array(all.sorted { distance($0) < distance($1) }.prefix(2))
  }

  /// How many times the larger of two numbers is the smaller.
  private static func ratio(_ a: Int, _ b: Int) -> Double {
    Double(max(a, b, 1)) / Double(max(min(a, b), 1))
  }

  /// `Higgs small (28 → 1, 63,000 rows): 231-121`.
  var text: String {
    let widths = widths.map(String.init).joined(separator: "-")
    return "\(name) (\(inputs) → \(outputs), \(rows / 1000),000 rows): \(widths)"
  }
}
