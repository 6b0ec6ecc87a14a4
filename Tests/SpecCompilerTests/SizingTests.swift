import SpecSyntax
import Testing

@testable import SpecCompiler

@Suite struct SizingTests {
  /// Inputs, outputs, and what two thirds, the middle and twice the inputs less one come to.
  static let tables: [(name: String, inputs: Int, outputs: Int, values: [Int])] = [
    ("iris", 4, 3, [6, 4, 7]), ("machine_cpu", 6, 1, [5, 4, 11]),
    ("penguins_raw", 23, 3, [18, 13, 45]), ("breast_cancer", 30, 2, [22, 16, 59]),
    ("winequality_red", 11, 1, [8, 6, 21]), ("castle_solutions", 9, 1, [7, 5, 17]),
    ("gapminder", 57, 1, [39, 29, 113]), ("bank_marketing", 51, 2, [36, 26, 101]),
    ("ai4i2020", 8, 2, [7, 5, 15]), ("pd_speech", 751, 2, [503, 376, 1501]),
    ("nyc_taxis", 126, 1, [85, 64, 251]), ("diamonds", 26, 1, [18, 14, 51]),
    ("mnist_t10k", 784, 10, [533, 397, 1567]),
  ]

  @Test("the rules of thumb have the published values", arguments: tables.indices)
  func thumbs(_ index: Int) throws {
    let table = Self.tables[index]
    let sizing = Sizing(inputs: table.inputs, outputs: table.outputs)
    #expect(sizing.rules.map(\.code) == ["A204", "A203", "A205", "A203"])
    #expect(sizing.rules[1].value == table.values[0])
    let span = (try #require(sizing.rules[0].low))...(try #require(sizing.rules[0].high))
    #expect(span.contains(table.values[1]))
    #expect(sizing.rules[2].high == table.values[2])
  }

  @Test("the recommendation is two thirds kept between the rails")
  func rails() {
    for inputs in 1...300 {
      for (outputs, rows) in [(1, nil), (3, 500), (10, 4_999), (1, 5_000), (40, 60_000)] {
        let sizing = Sizing(inputs: inputs, outputs: outputs, rows: rows)
        let upper = (rows ?? 0) >= 5_000 ? 128 : 64
        let raw = Sizing.twoThirds(inputs: inputs, outputs: outputs)
        #expect(sizing.recommended == min(max(raw, 32), upper))
        #expect(sizing.rules.last?.value == sizing.recommended)
        #expect(sizing.reason.contains("guard rail") == (raw < 32 || raw > upper))
        #expect(!sizing.alternatives.contains(sizing.recommended))
        #expect(!sizing.alternatives.isEmpty && sizing.alternatives == sizing.alternatives.sorted())
      }
    }
  }

  @Test func theTableReadsAsPromised() {
    #expect(
      Sizing(inputs: 30, outputs: 1, rows: 569).text == """
        hidden neurons · 30 inputs → 1 output · 569 rows
          rule                                 value                      on 13 public tables
          between output and input             1 … 30                     \
        loses 3.1 % (worst 13 %)
          two thirds of input, plus output     2/3 · 30 + 1 = 21          \
        loses 3.1 % (worst 18 %)
          less than twice the input            2 · 30 − 1 = 59 at most    \
        loses 6.2 % at the limit (worst 55 %)
          two thirds, kept within 32 and 64    32                         \
        loses 0.4 % (worst 1.9 %)
          recommended                          32                         \
        the guard rail decides: under 32 units networks learn slowly
          worth trying                         21, 64                     \
        plumb tune SPEC --over A203
          a linear model                       none                       \
        worse on 10 of 13: plumb whatif SPEC --vary 'model.hidden_layers=[],[32]'
          rows for each of 1025 parameters: 0.555; old rules want 5 to 30, \
        tuned networks have 0.03 to 2
          tuned for tables nearest in size: \
        California housing (8 → 1, 13,000 rows): 510-263-363; \
        Higgs small (28 → 1, 63,000 rows): 231-121
          tuned on 118 tables, from 1,000 rows on: 256-256-256 with dropout 0.15; \
        plumb explain A210
        """)
  }

  @Test func onIrisTheRulesContradictEachOther() {
    let sizing = Sizing(inputs: 4, outputs: 3, rows: 150)
    #expect(sizing.contradictions.count == 1)
    #expect(sizing.contradictions.first?.contains("6, lies outside 3 … 4") == true)
    #expect(sizing.text.contains("they contradict: two thirds"))
    #expect(Sizing(inputs: 30, outputs: 1).contradictions.isEmpty)
  }

  @Test func manyOutputsContradictTwiceTheInputs() {
    let sizing = Sizing(inputs: 4, outputs: 100)
    #expect(sizing.contradictions.count == 3)
  }

  @Test func fromFiveThousandRowsTheUpperRailIs128() {
    let sizing = Sizing(inputs: 126, outputs: 1, rows: 6433)
    #expect(sizing.recommended == 85)
    #expect(sizing.text.contains("2/3 · 126 + 1 = 85"))
    #expect(sizing.rules.last?.title == "two thirds, kept within 32 and 128")
    #expect(sizing.text.contains("loses 0.7 % (worst 4.8 %)"))
    #expect(sizing.alternatives == [32, 128])
  }

  @Test func theUpperRailDecidesForManyInputs() {
    let sizing = Sizing(inputs: 751, outputs: 1, rows: 252)
    #expect(sizing.recommended == 64)
    #expect(sizing.alternatives == [32, 256])
    #expect(sizing.reason.contains("over 64 units"))
  }
}

@Suite("other views of a size")
struct SizingViewTests {
  @Test("a linear model is recommended where one was measured to suffice, and only there")
  func linear() {
    let trial = LinearTrial(line: 0.981, network: 0.982, margin: 0.004)
    let sizing = Sizing(inputs: 30, outputs: 1, rows: 569, linear: trial)
    #expect(sizing.text.contains("measured: a linear model scores 0.981, the network 0.982"))
    #expect(sizing.text.contains("or, with a layer"))
    #expect(!Sizing(inputs: 30, outputs: 1, rows: 569).text.contains("measured:"))
  }

  @Test("parameters are those of the network that is recommended")
  func parameters() {
    let sizing = Sizing(inputs: 4, outputs: 3, rows: 150)
    #expect(sizing.recommended == 32 && sizing.parameters == 5 * 32 + 33 * 3)
    #expect(sizing.text.contains("rows for each of 259 parameters: 0.579"))
    #expect(!Sizing(inputs: 4, outputs: 3).text.contains("rows for each"))
  }

  @Test("a published table is nearest to itself", arguments: PublishedNetwork.all.indices)
  func published(index: Int) {
    let network = PublishedNetwork.all[index]
    let sizing = Sizing(inputs: network.inputs, outputs: network.outputs, rows: network.rows)
    #expect(sizing.published.first == network)
    #expect(sizing.published.count == 2)
  }
}

@Suite struct WordingTests {
  @Test func numbersHaveThreeDigits() {
    #expect(roundedText(0.013245) == "0.0132")
    #expect(roundedText(1.4699) == "1.47")
    #expect(roundedText(210_000) == "210000")
    #expect(roundedText(1234.5) == "1230")
    #expect(roundedText(-45.678) == "-45.7")
    #expect(roundedText(0) == "0")
    #expect(percentText(0.04) == "4 %")
    #expect(threeDigits(11.550906376376952) == 11.6)
    #expect(threeDigits(.infinity) == .infinity)
  }

  @Test func countsHaveTheirNoun() {
    #expect(counted(1, "row") == "1 row")
    #expect(counted(398, "training row") == "398 training rows")
  }
}
