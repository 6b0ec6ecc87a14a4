import Tensors
import Testing

/// Pooling against loops over its windows.
@Suite("Pooling")
struct PoolingTests {
  static let axes: [(WindowAxis, WindowAxis)] = [
    (
      WindowAxis(input: 5, kernel: 2, stride: 2, output: 2),
      WindowAxis(input: 6, kernel: 2, stride: 2, output: 3)
    ),
    (
      WindowAxis(input: 5, kernel: 3, stride: 2, padding: 1, output: 3),
      WindowAxis(input: 4, kernel: 3, stride: 1, padding: 1, output: 4)
    ),
    (.single, WindowAxis(input: 9, kernel: 4, stride: 3, padding: 2, output: 4)),
    (
      WindowAxis(input: 4, kernel: 4, output: 1), WindowAxis(input: 5, kernel: 5, output: 1)
    ),
  ]

  /// The positions that a window covers.
  static func covered(_ axis: WindowAxis, _ output: Int) -> Range<Int> {
    let start = output * axis.stride - axis.padding
    return max(start, 0)..<min(start + axis.kernel, axis.input)
  }

  @Test("a window keeps its largest value or its mean, and hands the gradient back",
    arguments: axes.indices, [1, 17])
  func windows(index: Int, columns: Int) {
    let (height, width) = Self.axes[index]
    for kind in [Pooling.Kind.largest, .mean] {
      let pooling = Pooling(kind, channels: 2, height: height, width: width)
      let input = sample(rows: 2 * height.input * width.input, columns: columns, seed: 3)
      let rows = 2 * height.output * width.output
      let gradient = sample(rows: rows, columns: columns, extraStride: 16, seed: 4)
      let (x, dy) = (input.values, gradient.values)
      var (y, dx) = (dy, x.map { $0.map { _ in 0.0 } })
      for row in 0..<rows {
        let (channel, place) = (row / (height.output * width.output), row % width.output)
        let cells = Self.covered(height, row / width.output % height.output).flatMap { iy in
          Self.covered(width, place).map { (channel * height.input + iy) * width.input + $0 }
        }
        for j in 0..<columns {
          switch kind {
          case .largest:
            let winner = cells.reduce(cells[0]) { x[$1][j] > x[$0][j] ? $1 : $0 }
            y[row][j] = x[winner][j]
            dx[winner][j] += dy[row][j]
          case .mean:
            y[row][j] = cells.reduce(0) { $0 + x[$1][j] } / Double(cells.count)
            for cell in cells { dx[cell][j] += dy[row][j] / Double(cells.count) }
          }
        }
      }
      for set in InstructionSet.available {
        let output = blank(rows, columns, extraStride: 32)
        let codes = sampleView(pooling.codesCount(stride: output.stride))
        pooling.forward(input: input, output: output, codes: codes, on: set)
        #expect(distance(output.values, y) < 1e-6, "\(kind), \(set)")
        let inputGradient = blank(input.rows, columns)
        for round in [1.0, 2.0] {
          // The numbers of the winners lie as far apart as the output's rows.
          let wide = blank(rows, columns, extraStride: 32)
          copy(gradient, into: wide, on: set)
          pooling.backward(
            outputGradient: wide, inputGradient: inputGradient, codes: codes,
            accumulate: round > 1, on: set)
          let answer = dx.map { $0.map { $0 * round } }
          #expect(distance(inputGradient.values, answer) < 1e-6, "\(kind), \(set)")
        }
      }
    }
  }

  @Test("a value that is not a number wins", arguments: InstructionSet.available)
  func notANumber(on set: InstructionSet) {
    let pooling = Pooling(
      .largest, channels: 1, height: .single, width: WindowAxis(input: 3, kernel: 3, output: 1))
    for place in 0..<3 {
      let input = sample(rows: 3, columns: 1)
      input[place, 0] = .nan
      let output = blank(1, 1)
      pooling.forward(
        input: input, output: output, codes: sampleView(pooling.codesCount(stride: 16)), on: set)
      #expect(output[0, 0].isNaN)
    }
  }
}
