import Tables

extension ONNXGraph {
  /// The point below which a share of the standard normal distribution lies, by the approximation
  /// that the preprocessing itself uses.
  mutating func normalQuantile(_ share: String) -> String {
    typealias Terms = NormalQuantile
    let nearer = add("Min", [share, add("Sub", [scalar(1), share])])
    let q = add("Sub", [share, scalar(0.5)])
    let square = add("Mul", [q, q])
    let middle = add(
      "Div",
      [
        add("Mul", [polynomial(square, Terms.middleTop), q]),
        polynomial(square, Terms.middleBottom),
      ])
    let distance = add(
      "Sqrt", [add("Mul", [add("Log", [nearer]), scalar(-2)])])
    let lowerTail = add(
      "Div", [polynomial(distance, Terms.tailTop), polynomial(distance, Terms.tailBottom)])
    let isLow = add("Less", [share, scalar(0.5)])
    let tail = add("Where", [isLow, lowerTail, add("Neg", [lowerTail])])
    return add("Where", [add("Less", [nearer, scalar(Terms.tailBegin)]), tail, middle])
  }

  /// A polynomial with the highest coefficient first.
  private mutating func polynomial(_ x: String, _ coefficients: [Double]) -> String {
    var result = scalar(coefficients[0])
    for coefficient in coefficients.dropFirst() {
      result = add("Add", [add("Mul", [result, x]), scalar(coefficient)])
    }
    return result
  }
}
