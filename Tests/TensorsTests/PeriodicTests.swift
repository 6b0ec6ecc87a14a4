import Foundation
import Tensors
import Testing

struct PeriodicTests {
  @Test("cosines and sines have their formula's values and gradients", arguments: [1, 17, 33])
  func values(_ columns: Int) {
    let (features, count) = (3, 5)
    let input = sample(rows: features, columns: columns, extraStride: 16, in: -3...3, seed: 71)
    let frequencies = sampleView(features * count, in: -2...2, seed: 72)
    let dy = sample(rows: 2 * features * count, columns: columns, seed: 73)
    for set in InstructionSet.available {
      let output = blank(2 * features * count, columns)
      periodicForward(input: input, frequencies: frequencies, output: output, on: set)
      let dx = blank(features, columns)
      let slopes = sampleView(features * count)
      periodicBackward(
        input: input, frequencies: frequencies, output: output, outputGradient: dy,
        frequencyGradient: slopes, inputGradient: dx, on: set)
      var dInput = [[Double]](repeating: [Double](repeating: 0, count: columns), count: features)
      for f in 0..<features {
        for l in 0..<count {
          let (c, row) = (Double(frequencies[f * count + l]), 2 * f * count + l)
          var slope = 0.0
          for j in 0..<columns {
            let x = Double(input[f, j])
            let turn = 2 * Double.pi * c * x
            #expect(abs(Double(output[row, j]) - cos(turn)) < 4e-6, "\(set)")
            #expect(abs(Double(output[row + count, j]) - sin(turn)) < 4e-6, "\(set)")
            let rise = Double(dy[row + count, j]) * cos(turn) - Double(dy[row, j]) * sin(turn)
            slope += 2 * Double.pi * x * rise
            dInput[f][j] += 2 * Double.pi * c * rise
          }
          #expect(abs(Double(slopes[f * count + l]) - slope) < 1e-4 * (1 + abs(slope)), "\(set)")
        }
      }
      #expect(distance(dx.values, dInput) < 1e-5, "\(set)")
      #expect(hasZeroPadding(dx), "\(set)")
    }
  }

  @Test("far and undefined numbers give finite and undefined results")
  func special() {
    let numbers: [Float] = [0, 0.25, 0.5, -0.25, 1e5 + 0.5, 1e9, -1e30, .nan, .infinity]
    let input = Matrix(sampleView(padded(numbers.count)), rows: 1, columns: numbers.count)
    input.view.window(0, numbers.count).copy(from: numbers)
    for set in InstructionSet.available {
      let output = blank(2, numbers.count)
      periodicForward(input: input, frequencies: sampleView([1]), output: output, on: set)
      let cosines: [Double] = [1, 0, -1, 0, -1, 1, 1]
      let sines: [Double] = [0, 1, 0, -1, 0, 0, 0]
      #expect(distance(Array(output.values[0][..<7]), cosines) < 1e-6, "\(set)")
      #expect(distance(Array(output.values[1][..<7]), sines) < 1e-6, "\(set)")
      for j in 7..<9 { #expect(output[0, j].isNaN && output[1, j].isNaN, "\(set)") }
    }
  }
}
