import Tensors
import Testing

struct ElementwiseTests {
  @Test("copies, sums and products work between any strides", arguments: sizes)
  func moves(_ size: Int) {
    for set in InstructionSet.available {
      for extra in [0, 16] {
        let a = sample(rows: 3, columns: size, seed: 61)
        let b = sample(rows: 3, columns: size, extraStride: extra, seed: 62)
        let target = blank(3, size, extraStride: 2 * extra)
        copy(a, into: target, on: set)
        #expect(target.values == a.values, "\(set)")
        add(b, into: target, on: set)
        let total = zip(a.values, b.values).map { zip($0, $1).map { $0 + $1 } }
        #expect(distance(target.values, total) < 1e-7, "\(set)")
        multiply(a, b, into: target, on: set)
        let product = zip(a.values, b.values).map { zip($0, $1).map { $0 * $1 } }
        #expect(distance(target.values, product) < 1e-7, "\(set)")
        multiply(a, b, into: target, accumulate: true, on: set)
        #expect(distance(target.values, product.map { $0.map { $0 * 2 } }) < 2e-7, "\(set)")
      }
    }
  }

  @Test("dropout zeroes its share and scales the rest", arguments: [0, 0.1, 0.5, 0.9] as [Float])
  func dropoutShare(_ rate: Float) {
    let input = sample(rows: 50, columns: 100, in: 1...2)
    let (output, mask) = (blank(50, 100), blank(50, 100))
    dropoutForward(input: input, output: output, mask: mask, rate: rate, key: 5, counter: 6)
    let dropped = mask.values.joined().count { $0 == 0 }
    // Four standard deviations of 5,000 draws.
    let deviation = (5000 * Double(rate) * Double(1 - rate)).squareRoot()
    #expect(abs(Double(dropped) - 5000 * Double(rate)) <= 4 * deviation)
    for row in 0..<50 {
      for column in 0..<100 {
        let factor = mask[row, column]
        #expect(factor == 0 || factor == 1 / (1 - rate))
        #expect(output[row, column] == input[row, column] * factor)
      }
    }
  }

  @Test("dropout depends on key and counter but not on the instruction set")
  func dropoutIdentity() {
    let input = sample(rows: 7, columns: 33)
    func mask(_ key: UInt64, _ counter: UInt64, _ set: InstructionSet) -> [[Double]] {
      let (output, mask) = (blank(7, 33, extraStride: 16), blank(7, 33))
      dropoutForward(
        input: input, output: output, mask: mask, rate: 0.4, key: key, counter: counter, on: set)
      return mask.values
    }
    let first = mask(1, 1, .current)
    for set in InstructionSet.available { #expect(mask(1, 1, set) == first, "\(set)") }
    #expect(mask(1, 2, .current) != first)
    #expect(mask(2, 1, .current) != first)
  }

  @Test("neighbouring elements and steps are dropped independently")
  func dropoutIndependence() {
    let input = sample(rows: 40, columns: 64)
    func kept(_ counter: UInt64) -> [[Double]] {
      let (output, mask) = (blank(40, 64), blank(40, 64))
      dropoutForward(input: input, output: output, mask: mask, rate: 0.5, key: 9, counter: counter)
      return mask.values.map { $0.map { $0 - 1 } }
    }
    let (a, b) = (kept(1), kept(2))
    var (columns, rows, steps) = (0.0, 0.0, 0.0)
    for r in 0..<39 {
      for c in 0..<63 {
        columns += a[r][c] * a[r][c + 1]
        rows += a[r][c] * a[r + 1][c]
        steps += a[r][c] * b[r][c]
      }
    }
    // Four standard deviations of 2,457 products of plus or minus one.
    for sum in [columns, rows, steps] { #expect(abs(sum) < 200) }
  }

  @Test("the gradient of dropout passes where the value passed")
  func dropoutGradient() {
    let (input, dy) = (sample(rows: 3, columns: 9), sample(rows: 3, columns: 9, seed: 8))
    let (output, mask, dx) = (blank(3, 9), blank(3, 9), blank(3, 9))
    dropoutForward(input: input, output: output, mask: mask, rate: 0.5, key: 1, counter: 1)
    dropoutBackward(outputGradient: dy, mask: mask, inputGradient: dx)
    #expect(dx.values == zip(dy.values, mask.values).map { zip($0, $1).map { $0 * $1 } })
  }

  @Test("alpha dropout drops what dropout drops, on every instruction set")
  func alphaDropout() {
    let input = sample(rows: 5, columns: 33)
    let (plain, mask) = (blank(5, 33), blank(5, 33))
    dropoutForward(input: input, output: plain, mask: mask, rate: 0.25, key: 3, counter: 4)
    // Of Klambauer et al.: a = (q + α′²·q·(1 − q))^−½ and b = −a·(1 − q)·α′ with α′ = −1.7581.
    let factor = 1 / (0.75 + 1.7580993 * 1.7580993 * 0.75 * 0.25).squareRoot()
    let offset = factor * 0.25 * 1.7580993
    for set in InstructionSet.available {
      let (output, factors) = (blank(5, 33, extraStride: 16), blank(5, 33))
      alphaDropoutForward(
        input: input, output: output, mask: factors, rate: 0.25, key: 3, counter: 4, on: set)
      for row in 0..<5 {
        for column in 0..<33 {
          let isKept = mask[row, column] > 0
          let x = isKept ? Double(input[row, column]) : -1.7580993
          #expect(abs(Double(output[row, column]) - factor * x - offset) < 1e-6, "\(set)")
          #expect(abs(Double(factors[row, column]) - (isKept ? factor : 0)) < 1e-6, "\(set)")
        }
      }
    }
  }

  @Test("an embedding and its gradient are sums over rows of the table", arguments: sizes)
  func embedding(_ size: Int) {
    let (levels, positions, columns) = (9, 2, 19)
    let table = sample(rows: levels, columns: size, seed: 64)
    let indices = blank(positions, columns)
    for p in 0..<positions {
      for j in 0..<columns { indices[p, j] = Float((p * 5 + j * 7) % (levels + 1) - 1) }
    }
    let dy = sample(rows: positions * size, columns: columns, seed: 65)
    var gradient = [[Double]](repeating: [Double](repeating: 0, count: size), count: levels)
    for set in InstructionSet.available {
      let output = blank(positions * size, columns, extraStride: 16)
      embed(indices: indices, table: table, output: output, on: set)
      let tableGradient = blank(levels, size)
      embedBackward(
        indices: indices, outputGradient: dy, tableGradient: tableGradient, on: set)
      gradient = gradient.map { $0.map { _ in 0 } }
      for p in 0..<positions {
        for j in 0..<columns {
          let level = Int(indices[p, j])
          for k in 0..<size {
            let answer = level < 0 ? 0 : table[level, k]
            #expect(output[p * size + k, j] == answer, "\(set)")
            if level >= 0 { gradient[level][k] += Double(dy[p * size + k, j]) }
          }
        }
      }
      #expect(distance(tableGradient.values, gradient) < 1e-6, "\(set)")
      #expect(hasZeroPadding(tableGradient), "\(set)")
    }
  }

  @Test("gathering turns rows into columns and repeats the first in the padding", arguments: sizes)
  func gathering(_ width: Int) {
    for set in InstructionSet.available {
      for (count, rowStride) in [(1, width), (17, width + 3), (32, padded(width))] {
        let rows = sampleView(40 * rowStride, seed: 63)
        let indices = (0..<Int32(count + 2)).map { $0 * 11 % 40 }
        let output = blank(width, count, extraStride: 16)
        gatherColumns(
          rows: rows, rowStride: rowStride, indices: indices[1..<count + 1], width: width,
          into: output, on: set)
        for j in 0..<width {
          for i in 0..<padded(count) {
            let row = Int(indices[i < count ? i + 1 : 1])
            #expect(output[j, i] == rows[row * rowStride + j], "\(set)")
          }
        }
      }
    }
  }
}
