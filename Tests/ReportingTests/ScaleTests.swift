import Testing

@testable import Reporting

@Suite("axes of charts")
struct ScaleTests {
  @Test(
    "marks are round, distinct and within the ends",
    arguments: [
      [0, 1], [0.0003, 0.0007], [-5, 12], [1, 298], [-1e6, 3e7], [0.2, 0.35], [7, 7], [0, 0],
      [1e-9, 2e-9], [12_345, 12_346],
    ])
  func marks(values: [Double]) {
    for isTight in [false, true] {
      let scale = Scale(values, isTight: isTight)
      #expect(scale.low <= values[0] && scale.high >= values[1] && scale.low < scale.high)
      #expect(scale.ticks.count >= 1)
      #expect(Set(scale.ticks.map(\.label)).count == scale.ticks.count, "\(scale.ticks)")
      let room = (scale.high - scale.low) * 1e-6
      #expect(
        scale.ticks.allSatisfy { $0.value >= scale.low - room && $0.value <= scale.high + room })
      #expect(scale.place(scale.low) == 0 && scale.place(scale.high) == 1)
    }
  }

  @Test("losses over decades have a logarithmic axis, others a linear one")
  func logarithm() {
    let scale = Scale.fitting([0.001, 1])
    #expect(scale.isLogarithmic)
    #expect(scale.ticks.map(\.label) == ["0.001", "0.01", "0.1", "1"])
    #expect(!Scale.fitting([0.1, 1]).isLogarithmic)
    #expect(!Scale.fitting([0, 1000]).isLogarithmic)
    #expect(Scale.fitting([.nan, .infinity]).ticks.count > 0)
  }

  @Test("numbers in four significant digits")
  func words() {
    let cases: [(Double, String)] = [
      (0, "0"), (1, "1"), (0.93333, "0.9333"), (1470.4, "1470"), (53_940, "53,940"),
      (-0.00125, "−0.00125"), (2.1e-7, "2.1e-7"), (123.456, "123.5"), (1e12, "1e12"),
      (.nan, "–"), (0.1, "0.1"), (999.96, "1000"),
    ]
    for (value, words) in cases { #expect(numberWords(value) == words) }
  }

  @Test("a long line keeps its ends and its extremes")
  func thinning() {
    let points = (0..<50_000).map { (x: Double($0), y: $0 == 31_337 ? 99.0 : 1.0) }
    let thinned = LineChart.thinned(points)
    #expect(thinned.count <= 4 * LineChart.mostPieces)
    #expect(thinned.first?.x == 0 && thinned.last?.x == 49_999)
    #expect(thinned.contains { $0.y == 99 })
  }
}
