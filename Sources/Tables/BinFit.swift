/// The bins of a number's training values, and where a number lies among them: the piecewise-linear
/// encoding of Gorishniy et al. 2022, section 3.2.
public struct BinFit: Sendable, Codable, Hashable {
  public var fit: NumericFit
  /// The bounds of the bins on the scaled values, ascending; fewer than two for a constant column.
  public var edges: [Double]

  /// Takes `count + 1` evenly spaced quantiles of the scaled training values as bounds; those that
  /// are equal become one.
  init(_ values: [Double], fit: NumericFit, count: Int) {
    self.fit = fit
    let sorted = ascending(values.filter(\.isFinite).map { fit.scaled($0) })
    edges = []
    guard !sorted.isEmpty else { return }
    for index in 0...count {
      let edge = quantile(Double(index) / Double(count), of: sorted)
      if edges.last.map({ edge > $0 }) ?? true { edges.append(edge) }
    }
  }

  /// How many inputs a number becomes.
  public var count: Int { max(0, edges.count - 1) }

  /// Writes for each bin `(x − low) / (high − low)`, cut to 0 … 1 but below the first bin and
  /// above the last, so that numbers beyond the training values stay apart.
  func write(_ value: Double, to inputs: inout [Float], at place: Int) {
    let x = fit.scaled(value)
    for bin in 0..<count {
      var share = (x - edges[bin]) / (edges[bin + 1] - edges[bin])
      if bin > 0 { share = max(share, 0) }
      if bin + 1 < count { share = min(share, 1) }
      let limit = Double(Float.greatestFiniteMagnitude)
      inputs[place + bin] = Float(min(max(share, -limit), limit))
    }
  }
}
