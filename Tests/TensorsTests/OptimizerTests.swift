import Tensors
import Testing

struct OptimizerTests {
  /// One kernel beside the recurrence it has to follow, for one parameter in double precision.
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    let slotCount: Int
    let run: @Sendable (OptimizerBuffers, InstructionSet) -> Void
    /// Parameter, gradient, mask and slots before; parameter after.
    let reference: @Sendable (Double, Double, Double, inout [Double]) -> Double
  }

  static let adam = AdamConstants(
    rate: 0.02, gradientRate: 0.01, rootFactor: 2, epsilon: 0.1, beta1: 0.9, beta2: 0.99)

  static let cases = descentCases + adamCases + [
    Case(description: "adagrad", slotCount: 1) {
      adagradUpdate($0, rate: 0.05, epsilon: 0.1, penalty: 0.2, on: $1)
    } reference: { p, g, mask, slots in
      let g = g + 0.2 * mask * p
      slots[0] += g * g
      return p - 0.05 * g / (slots[0].squareRoot() + 0.1)
    },
    Case(description: "adadelta", slotCount: 2) {
      adadeltaUpdate($0, rate: 0.5, rho: 0.8, epsilon: 0.1, penalty: 0.2, on: $1)
    } reference: { p, g, mask, slots in
      let g = g + 0.2 * mask * p
      slots[0] = 0.8 * slots[0] + 0.2 * g * g
      let change = ((slots[1] + 0.1) / (slots[0] + 0.1)).squareRoot() * g
      slots[1] = 0.8 * slots[1] + 0.2 * change * change
      return p - 0.5 * change
    },
    Case(description: "lion", slotCount: 1) {
      lionUpdate($0, rate: 0.05, beta1: 0.9, beta2: 0.8, decay: 0.02, on: $1)
    } reference: { p, g, mask, slots in
      let mixed = 0.9 * slots[0] + 0.1 * g
      slots[0] = 0.8 * slots[0] + 0.2 * g
      return p * (1 - 0.02 * mask) - 0.05 * (mixed == 0 ? 0 : mixed > 0 ? 1 : -1)
    },
  ]

  static let descentCases: [Case] = [(0.0, false), (0.9, false), (0.9, true)].map { setting in
    let (momentum, nesterov) = setting
    return Case(description: "sgd \(momentum) \(nesterov)", slotCount: momentum > 0 ? 1 : 0) {
      sgdUpdate(
        $0, rate: 0.05, momentum: momentum, nesterov: nesterov, penalty: 0.2, on: $1)
    } reference: { p, g, mask, slots in
      let g = g + 0.2 * mask * p
      guard momentum > 0 else { return p - 0.05 * g }
      slots[0] = momentum * slots[0] + g
      return p - 0.05 * (nesterov ? g + momentum * slots[0] : slots[0])
    }
  }

  static let adamCases: [Case] =
    [(2, 0.0, 0.1), (3, 0.0, 0.1), (2, 0.2, 0.0)].map { setting in
      let (slotCount, penalty, decay) = setting
      return Case(description: "adam \(slotCount) \(penalty)", slotCount: slotCount) {
        adamUpdate($0, adam, penalty: penalty, decay: decay, on: $1)
      } reference: { p, g, mask, slots in
        let g = g + penalty * mask * p
        slots[0] = 0.9 * slots[0] + 0.1 * g
        slots[1] = 0.99 * slots[1] + 0.01 * g * g
        if slotCount > 2 { slots[2] = max(slots[2], slots[1]) }
        let root = (slotCount > 2 ? slots[2] : slots[1]).squareRoot()
        return p * (1 - decay * mask) - (0.02 * slots[0] + 0.01 * g) / (2 * root + 0.1)
      }
    }
    + [(0.0, false), (0.9, false), (0.0, true), (0.9, true)].map { setting in
      let (momentum, centred) = setting
      let slotCount = 1 + (momentum > 0 ? 1 : 0) + (centred ? 1 : 0)
      return Case(description: "rmsprop \(momentum) \(centred)", slotCount: slotCount) {
        rmspropUpdate(
          $0, rate: 0.05, rho: 0.8, epsilon: 0.1, momentum: momentum, centred: centred,
          penalty: 0.2, on: $1)
      } reference: { p, g, mask, slots in
        let g = g + 0.2 * mask * p
        slots[0] = 0.8 * slots[0] + 0.2 * g * g
        var variance = slots[0]
        if centred {
          slots[slotCount - 1] = 0.8 * slots[slotCount - 1] + 0.2 * g
          variance -= slots[slotCount - 1] * slots[slotCount - 1]
        }
        let change = g / (variance.squareRoot() + 0.1)
        guard momentum > 0 else { return p - 0.05 * change }
        slots[1] = momentum * slots[1] + change
        return p - 0.05 * slots[1]
      }
    }

  /// Buffers of `count` random parameters; every second one decays if there is a mask.
  static func buffers(_ count: Int, slotCount: Int, masked: Bool) -> OptimizerBuffers {
    OptimizerBuffers(
      parameters: sampleView(count, seed: 31), gradients: Arena(floatCount: count).whole,
      slots: (0..<slotCount).map { _ in Arena(floatCount: count).whole },
      decayMask: masked ? sampleView((0..<count).map { Float($0 % 2) }) : nil)
  }

  @Test("steps follow the published recurrences on every instruction set", arguments: cases)
  func recurrences(_ test: Case) {
    for set in InstructionSet.available {
      for (count, masked) in [(1, true), (7, false), (16, true), (33, false), (100, true)] {
        let buffers = Self.buffers(count, slotCount: test.slotCount, masked: masked)
        var parameters = buffers.parameters.values
        var slots = parameters.map { _ in Array(repeating: 0.0, count: test.slotCount) }
        for step in 1...5 {
          buffers.gradients.copy(from: sampleView(count, in: -3...3, seed: UInt64(40 + step)))
          if step == 3 { buffers.gradients[0] = 0 }
          let gradients = buffers.gradients.values
          test.run(buffers, set)
          for i in 0..<count {
            let mask = Double(buffers.decayMask?[i] ?? 1)
            parameters[i] = test.reference(parameters[i], gradients[i], mask, &slots[i])
          }
        }
        #expect(distance(buffers.parameters.values, parameters) < 2e-6, "\(set), \(count)")
        for (index, slot) in buffers.slots.enumerated() {
          #expect(distance(slot.values, slots.map { $0[index] }) < 2e-6, "\(set), slot \(index)")
        }
      }
    }
  }

  @Test("the steps of the parts are the step of the whole, to the bit", arguments: cases)
  func parts(_ test: Case) {
    for set in InstructionSet.available {
      let results = [[100], [16, 84], [48, 32, 20]].map { lengths in
        let buffers = Self.buffers(100, slotCount: test.slotCount, masked: true)
        for step in 1...3 {
          buffers.gradients.copy(from: sampleView(100, seed: UInt64(60 + step)))
          var offset = 0
          for length in lengths {
            test.run(buffers.window(offset, length), set)
            offset += length
          }
        }
        return buffers.parameters.array
      }
      #expect(results[0] == results[1] && results[0] == results[2], "\(set)")
    }
  }

  @Test("blends, swaps and penalties follow their formulas at any length", arguments: sizes)
  func blends(_ count: Int) {
    for set in InstructionSet.available {
      let (x, y) = (sampleView(count, seed: 34), sampleView(count, seed: 35))
      let (before, other) = (x.values, y.values)
      swapValues(x, y, on: set)
      #expect(x.values == other && y.values == before, "\(set)")
      blend(y, keeping: 0.75, with: x, taking: 0.5, on: set)
      let blended = zip(before, other).map { 0.75 * $0 + 0.5 * $1 }
      #expect(distance(y.values, blended) < 1e-6, "\(set)")

      let buffers = Self.buffers(count, slotCount: 0, masked: true)
      buffers.gradients.copy(from: sampleView(count, seed: 36))
      buffers.parameters[count / 2] = 0
      let expected = (0..<count).map { i in
        let p = Double(buffers.parameters[i])
        let slope = 0.2 * p + 0.1 * (p == 0 ? 0 : p > 0 ? 1 : -1)
        return Double(buffers.gradients[i]) + Double(buffers.decayMask?[i] ?? 1) * slope
      }
      addPenalty(to: buffers, l1: 0.1, l2: 0.2, on: set)
      #expect(distance(buffers.gradients.values, expected) < 1e-6, "\(set)")
      let penalty = (0..<count).reduce(0.0) { sum, i in
        let p = Double(buffers.parameters[i])
        return sum + Double(buffers.decayMask?[i] ?? 1) * (0.1 * abs(p) + 0.1 * p * p)
      }
      #expect(abs(penaltySum(of: buffers, l1: 0.1, l2: 0.2, on: set) - penalty) < 1e-6, "\(set)")
      let product = zip(x.values, y.values).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(dot(x, y, on: set) - product) < 1e-12 * max(1, Double(count)), "\(set)")
    }
  }

  @Test("sums, scales, bounds and searches cover every value of any length", arguments: sizes)
  func reductions(_ count: Int) {
    for set in InstructionSet.available {
      let view = sampleView(count, seed: 33)
      let answer = view.values.reduce(0) { $0 + $1 * $1 }
      let wide = sampleView(view.values.map { Float($0 * 1e25) })
      let wideAnswer = wide.values.reduce(0) { $0 + $1 * $1 }
      #expect(abs(sumOfSquares(view, on: set) - answer) < 1e-6 * max(1, answer), "\(set)")
      #expect(
        abs(sumOfSquares(wide, on: set) - wideAnswer) < 1e-6 * wideAnswer,
        "squares that only double precision holds, \(set)")
      let half = view.values.map { $0 / 2 }
      scale(view, by: 0.5, on: set)
      #expect(view.values == half, "\(set)")
      clamp(view, to: 0.25, on: set)
      #expect(view.values == half.map { min(0.25, max(-0.25, $0)) }, "\(set)")
      #expect(firstNonFinite(view, on: set) == nil, "\(set)")
      for bad in [Float.nan, .infinity, -.infinity] {
        view[count - 1] = bad
        #expect(firstNonFinite(view, on: set) == count - 1, "\(set)")
        view[count / 2] = bad
        #expect(firstNonFinite(view, on: set) == count / 2, "\(set)")
        (view[count / 2], view[count - 1]) = (1, .greatestFiniteMagnitude)
        #expect(firstNonFinite(view, on: set) == nil, "\(set)")
      }
      view[0] = .nan
      clamp(view, to: 1, on: set)
      #expect(view[0].isNaN, "\(set)")
    }
  }
}
