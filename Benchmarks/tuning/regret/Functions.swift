import Foundation
import SpecSyntax
import Tuning

/// A function whose least value is known, with the space it is searched in.
struct BenchmarkFunction: Sendable {
  let name: String
  let space: Space
  /// How far above the least value a point is.
  let regret: @Sendable ([Double?]) -> Double

  static let all = [branin, hartmann6, rosenbrock5, mixed, wide]

  private static func real(_ name: String, _ low: Double, _ high: Double) -> Tuning.Dimension {
    Tuning.Dimension(name, .real(low: low, high: high, step: nil, isLogarithmic: false))
  }

  static let branin = BenchmarkFunction(
    name: "branin", space: Space([real("x", -5, 10), real("y", 0, 15)])
  ) { point in
    let (x, y) = (point[0]!, point[1]!)
    let square = y - 5.1 / (4 * Double.pi * Double.pi) * x * x + 5 / Double.pi * x - 6
    return square * square + 10 * (1 - 1 / (8 * Double.pi)) * cos(x) + 10 - 0.39788735772973816
  }

  static let hartmann6 = BenchmarkFunction(
    name: "hartmann6", space: Space((0..<6).map { real("x\($0)", 0, 1) })
  ) { point in
    let a: [[Double]] = [
      [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
      [17, 8, 0.05, 10, 0.1, 14],
    ]
    let p: [[Double]] = [
      [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
      [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
    ]
    var sum = 0.0
    for (row, weight) in [1, 1.2, 3, 3.2].enumerated() {
      var exponent = 0.0
      for i in 0..<6 {
        let distance = point[i]! - 1e-4 * p[row][i]
        exponent += a[row][i] * distance * distance
      }
      sum += weight * exp(-exponent)
    }
    return 3.322368011391339 - sum
  }

  static let rosenbrock5 = BenchmarkFunction(
    name: "rosenbrock5", space: Space((0..<5).map { real("x\($0)", -5, 10) })
  ) { point in
    var sum = 0.0
    for i in 0..<4 {
      let (x, next) = (point[i]!, point[i + 1]!)
      sum += 100 * (next - x * x) * (next - x * x) + (1 - x) * (1 - x)
    }
    return sum
  }

  /// A number that is there for one kind only.
  static let mixed = BenchmarkFunction(
    name: "mixed",
    space: Space([
      Tuning.Dimension("kind", .choice(["a", "b", "c"])),
      Tuning.Dimension("lr", .real(low: 1e-5, high: 1, step: nil, isLogarithmic: true)),
      Tuning.Dimension(
        "units", .integer(low: 8, high: 256, step: 1, isLogarithmic: true),
        when: .init(name: "kind", values: [1])),
    ])
  ) { point in
    let decades = log10(point[1]!) + 2
    let units = point[2].map { ($0 - 48) / 48 } ?? 0
    return decades * decades + [0.5, 0, 1][Int(point[0]!)] + units * units
  }

  /// Six dimensions of all sorts, as of a network.
  static let wide = BenchmarkFunction(
    name: "wide",
    space: Space([
      Tuning.Dimension("lr", .real(low: 1e-5, high: 1, step: nil, isLogarithmic: true)),
      real("drop", 0, 0.5),
      Tuning.Dimension("units", .integer(low: 8, high: 64, step: 8, isLogarithmic: false)),
      Tuning.Dimension("layers", .integer(low: 1, high: 6, step: 1, isLogarithmic: false)),
      Tuning.Dimension("width", .integer(low: 8, high: 256, step: 1, isLogarithmic: true)),
      Tuning.Dimension("act", .choice(["relu", "tanh", "gelu"])),
    ])
  ) { point in
    let (decades, drop) = (log10(point[0]!) + 2, point[1]! - 0.2)
    let (units, layers) = ((point[2]! - 32) / 32, (point[3]! - 3) / 3)
    let width = log2(point[4]! / 64)
    return decades * decades + 4 * drop * drop + units * units + layers * layers + width * width
      + [0, 0.2, 0.4][Int(point[5]!)]
  }
}
