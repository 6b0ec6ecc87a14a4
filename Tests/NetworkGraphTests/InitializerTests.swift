import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Initialisers")
struct InitializerTests {
  @Test("mean and variance are those that are stated", arguments: Distribution.allCases)
  func moments(distribution: Distribution) {
    for initializer in [He(distribution), Glorot(distribution), Lecun(distribution)]
      as [any Initializer]
    {
      let (rows, columns) = (60, 100)
      let matrix = Matrix(
        Arena(floatCount: rows * padded(columns)).whole, rows: rows, columns: columns)
      var source = RandomSource(seed: 12)
      initializer.fill(matrix, fanIn: rows, fanOut: columns, from: &source)
      let values = (0..<rows * columns).map { Double(matrix[$0 / columns, $0 % columns]) }
      let mean = values.reduce(0, +) / 6000
      let variance = values.reduce(0) { $0 + $1 * $1 } / 6000
      let stated = initializer.variance(fanIn: rows, fanOut: columns)
      // Six standard errors of a mean of 6,000; a variance spreads by √(2 / 6,000).
      #expect(abs(mean) < 6 * (stated / 6000).squareRoot())
      #expect(abs(variance / stated - 1) < 0.11)
      if distribution == .uniform {
        #expect(values.allSatisfy { $0 * $0 <= 3 * stated * 1.000001 })
      }
      #expect((columns..<padded(columns)).allSatisfy { matrix[0, $0] == 0 })
    }
  }

  @Test("variances are those that were published")
  func variances() {
    #expect(He().variance(fanIn: 50, fanOut: 10) == 2.0 / 50)
    #expect(Glorot().variance(fanIn: 50, fanOut: 10) == 2.0 / 60)
    #expect(Lecun().variance(fanIn: 50, fanOut: 10) == 1.0 / 50)
  }

  @Test("orthogonal weights are orthonormal along the shorter side, times the gain",
    arguments: [[1, 1], [5, 5], [20, 12], [12, 20], [1, 9], [17, 16]])
  func orthogonal(sizes: [Int]) {
    let (rows, columns) = (sizes[0], sizes[1])
    for (gain, seed) in [(1.0, 3), (1.5, 4)] as [(Double, UInt64)] {
      let matrix = Matrix(
        Arena(floatCount: rows * padded(columns)).whole, rows: rows, columns: columns)
      var source = RandomSource(seed: seed)
      let initializer = Orthogonal(gain: gain)
      initializer.fill(matrix, fanIn: rows, fanOut: columns, from: &source)
      let (count, length) = (min(rows, columns), max(rows, columns))
      func value(_ vector: Int, _ place: Int) -> Double {
        Double(rows >= columns ? matrix[place, vector] : matrix[vector, place])
      }
      for a in 0..<count {
        for b in 0...a {
          let product = (0..<length).reduce(0) { $0 + value(a, $1) * value(b, $1) }
          #expect(abs(product - (a == b ? gain * gain : 0)) < 1e-6)
        }
      }
      let squares = (0..<count).reduce(0) { sum, vector in
        (0..<length).reduce(sum) { $0 + value(vector, $1) * value(vector, $1) }
      }
      let stated = initializer.variance(fanIn: rows, fanOut: columns)
      #expect(abs(squares / Double(count * length) / stated - 1) < 1e-5)
      #expect((columns..<padded(columns)).allSatisfy { matrix[0, $0] == 0 })
    }
  }

  @Test("every initialiser and field is documented")
  func documentation() {
    for variant in Initializers.variants.map(\.description) {
      #expect(variant.summary.hasSuffix("."))
      #expect(variant.fields.allSatisfy { $0.doc.hasSuffix(".") })
      #expect(variant.fields.contains { $0.name == variant.shorthand })
    }
  }

  @Test("each tensor's numbers depend on the seed and its name alone")
  func names() throws {
    let tensors = try [[4, 8, 8, 1], [4, 8, 8, 8, 1]].map { widths in
      let graph = try ExecutorTests.graph(widths)
      let plan = Plan(graph: graph, batch: 1, loss: MeanSquaredError(), optimizer: SGD())
      return Executor(plan, seed: 3).namedTensors()
    }
    #expect(tensors[0][0] == tensors[1][0] && tensors[0][2] == tensors[1][2])
    #expect(tensors[0][2].values != tensors[1][4].values)
  }
}
