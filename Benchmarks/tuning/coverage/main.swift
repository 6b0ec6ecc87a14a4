import Foundation
import SpecSyntax
import Tuning

// How often the intervals of importances hold the share that is known: coverage STUDIES TRIALS.
// Each study is so many trials drawn at random of a function whose shares are known. Printed is, for
// each share of 0.01 or more, in how many of a hundred studies the interval holds it, the mean
// estimate, the error of it (root of the mean square) and the mean width of the interval; then the
// time of a thousand trials of eight dimensions.

/// A function with the shares of its variance.
struct KnownFunction: Sendable {
  let name: String
  let space: Space
  let value: @Sendable ([Double]) -> Double
  /// By places in the space, one or two.
  let shares: [[Int]: Double]
}

func real(_ name: String, _ low: Double, _ high: Double) -> Tuning.Dimension {
  Tuning.Dimension(name, .real(low: low, high: high, step: nil, isLogarithmic: false))
}

/// Four numbers from −1 to 1, two of which work together, and a choice of −1 and 1.
let bilinear = KnownFunction(
  name: "bilinear",
  space: Space(
    (0..<4).map { real("x\($0)", -1, 1) } + [Tuning.Dimension("kind", .choice(["a", "b"]))]),
  value: { 3 * $0[0] + 2 * $0[1] + $0[2] + 3 * $0[0] * $0[1] + 2 * $0[4] - 1 },
  // Variances: 9/3, 4/3, 1/3, 9/9 and 1.
  shares: [[0]: 9.0 / 20, [1]: 4.0 / 20, [2]: 1.0 / 20, [0, 1]: 3.0 / 20, [4]: 3.0 / 20])

/// T. Ishigami and T. Homma (1990), with 7 and 0.1.
let ishigami = KnownFunction(
  name: "ishigami", space: Space((0..<3).map { real("x\($0)", -Double.pi, Double.pi) }),
  value: { sin($0[0]) + 7 * sin($0[1]) * sin($0[1]) + 0.1 * pow($0[2], 4) * sin($0[0]) },
  shares: [[0]: 0.3139, [1]: 0.4424, [0, 2]: 0.2437])

/// A bowl in six dimensions, each with half the weight of the one before.
let bowl = KnownFunction(
  name: "bowl", space: Space((0..<6).map { real("x\($0)", -1, 1) }),
  value: { point in
    zip(point.indices, point).reduce(0) { $0 + pow(0.5, Double($1.0)) * $1.1 * $1.1 }
  },
  shares: Dictionary(
    uniqueKeysWithValues: (0..<4).map {
      ([$0], pow(0.25, Double($0)) * 0.75 / (1 - pow(0.25, 6)))
    }))

/// A study drawn at random.
func trials(_ function: KnownFunction, count: Int, seed: UInt64) -> [Trial] {
  (0..<count).compactMap { number in
    RandomSampler().parameters(of: number, after: [], in: function.space, seed: seed).map {
      Trial(
        number: number, state: .complete, parameters: $0,
        values: [function.value($0.map { $0 ?? 0 })])
    }
  }
}

let arguments = CommandLine.arguments
guard arguments.count > 2, let studies = Int(arguments[1]), let count = Int(arguments[2]) else {
  FileHandle.standardError.write(Data("usage: coverage STUDIES TRIALS\n".utf8))
  exit(2)
}
print("| function | dimensions | share | held | estimate | error | width |")
print("| --- | --- | --- | --- | --- | --- | --- |")
for function in [bilinear, ishigami, bowl] {
  var found: [[Int]: [Importances.Share]] = [:]
  for seed in 0..<UInt64(studies) {
    let importances = try Importances(
      of: trials(function, count: count, seed: seed), in: function.space, seed: seed)
    for main in importances.mains { found[[main.dimension], default: []].append(main.share) }
    for pair in importances.pairs {
      found[[pair.first, pair.second], default: []].append(pair.share)
    }
  }
  for (places, exact) in function.shares.sorted(by: { $0.value > $1.value }) {
    let shares = found[places] ?? []
    let size = Double(max(1, shares.count))
    let held = shares.count { $0.low <= exact && exact <= $0.high }
    let mean = shares.reduce(0) { $0 + $1.value } / size
    let square = shares.reduce(0) { $0 + ($1.value - exact) * ($1.value - exact) } / size
    let width = shares.reduce(0) { $0 + $1.high - $1.low } / size
    let names = places.map { function.space.dimensions[$0].name }.joined(separator: ", ")
    print(
      "| \(function.name) | \(names) | "
        + String(
          format: "%.3f | %.0f%% | %.3f | %.3f | %.3f |", exact, 100 * Double(held) / size, mean,
          square.squareRoot(), width))
  }
}
let wide = KnownFunction(
  name: "wide", space: Space((0..<8).map { real("x\($0)", 0, 1) }),
  value: { $0[0] * $0[0] + 2 * $0[1] * $0[2] + sin(5 * $0[3]) + 0.2 * $0[4] }, shares: [:])
let many = trials(wide, count: 1000, seed: 3)
let start = ContinuousClock.now
_ = try Importances(of: many, in: wide.space, seed: 1)
print("\n1,000 trials of eight dimensions: \(ContinuousClock.now - start)")
