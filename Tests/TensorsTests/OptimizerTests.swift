import Tensors
import Testing

struct OptimizerTests {
  @Test("Adam and AdamW follow the published recurrences", arguments: [1, 7, 16, 33, 100])
  func adam(_ count: Int) {
    for set in InstructionSet.available {
      for (decay, mask) in [(0, nil), (0.1, nil), (0.1, alternating(count))] as [(Float, View?)] {
        let (p, m, v) = (sampleView(count, seed: 31), zeros(count), zeros(count))
        var (q, first, second) = (p.values, m.values, v.values)
        for step in 1...5 {
          let g = sampleView(count, in: -3...3, seed: UInt64(40 + step))
          adamUpdate(
            parameters: p, gradients: g, first: m, second: v, rate: 0.01, step: step, decay: decay,
            decayMask: mask, on: set)
          let c1 = 1 - (0..<step).reduce(1.0) { product, _ in product * 0.9 }
          let c2 = 1 - (0..<step).reduce(1.0) { product, _ in product * 0.999 }
          for i in 0..<count {
            let x = Double(g[i])
            first[i] = 0.9 * first[i] + 0.1 * x
            second[i] = 0.999 * second[i] + 0.001 * x * x
            q[i] -= 0.01 * Double(decay) * Double(mask?[i] ?? 1) * q[i]
            q[i] -= 0.01 * (first[i] / c1) / ((second[i] / c2).squareRoot() + 1e-8)
          }
        }
        #expect(distance(p.values, q) < 1e-6, "\(set)")
        #expect(distance(m.values, first) < 1e-6, "\(set)")
        #expect(distance(v.values, second) < 1e-6, "\(set)")
      }
    }
  }

  @Test("gradient descent follows the published recurrences", arguments: [1, 15, 16, 100])
  func descent(_ count: Int) {
    for set in InstructionSet.available {
      for (momentum, nesterov) in [(0, false), (0.9, false), (0.9, true)] as [(Float, Bool)] {
        let (p, v) = (sampleView(count, seed: 32), zeros(count))
        let mask = alternating(count)
        var (q, velocity) = (p.values, v.values)
        for step in 1...4 {
          let g = sampleView(count, seed: UInt64(50 + step))
          sgdUpdate(
            parameters: p, gradients: g, velocity: momentum > 0 ? v : nil, rate: 0.05,
            momentum: momentum, nesterov: nesterov, decay: 0.2, decayMask: mask, on: set)
          for i in 0..<count {
            let x = Double(g[i]) + 0.2 * Double(mask[i]) * q[i]
            velocity[i] = Double(momentum) * velocity[i] + x
            q[i] -= 0.05 * (nesterov ? x + Double(momentum) * velocity[i] : velocity[i])
          }
        }
        #expect(distance(p.values, q) < 1e-6, "\(set) \(momentum) \(nesterov)")
      }
    }
  }

  @Test("sums, scales and searches cover every value of any length", arguments: sizes)
  func reductions(_ count: Int) {
    for set in InstructionSet.available {
      let view = sampleView(count, seed: 33)
      let answer = view.values.reduce(0) { $0 + $1 * $1 }
      #expect(abs(sumOfSquares(view, on: set) - answer) < 1e-12 * max(1, answer), "\(set)")
      let half = view.values.map { $0 / 2 }
      scale(view, by: 0.5, on: set)
      #expect(view.values == half, "\(set)")
      #expect(firstNonFinite(view, on: set) == nil, "\(set)")
      for bad in [Float.nan, .infinity, -.infinity] {
        view[count - 1] = bad
        #expect(firstNonFinite(view, on: set) == count - 1, "\(set)")
        view[count / 2] = bad
        #expect(firstNonFinite(view, on: set) == count / 2, "\(set)")
        (view[count / 2], view[count - 1]) = (1, .greatestFiniteMagnitude)
        #expect(firstNonFinite(view, on: set) == nil, "\(set)")
      }
    }
  }

  func zeros(_ count: Int) -> View { Arena(floatCount: count).whole }
  func alternating(_ count: Int) -> View { sampleView((0..<count).map { Float($0 % 2) }) }
}
