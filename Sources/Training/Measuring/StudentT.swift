/// Student's t distribution with a whole number of degrees of freedom.
package struct StudentT {
  package let degrees: Int

  package init(degrees: Int) {
    precondition(degrees >= 1, "a deviation needs two values")
    self.degrees = degrees
  }

  /// The probability of a value further from 0 than `t`.
  ///
  /// The finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4, with `tan θ = t / √ν`.
  package func probability(beyond t: Double) -> Double {
    let (t, degreesValue) = (abs(t), Double(degrees))
    guard t.isFinite else { return 0 }
    let sine = t / (degreesValue + t * t).squareRoot()
    let squaredCosine = degreesValue / (degreesValue + t * t)
    let isOdd = !degrees.isMultiple(of: 2)
    // Odd: cos θ · (1 + 2/3 cos²θ + …); even: 1 + 1/2 cos²θ + …
    var (term, sum, index) = (1.0, 0.0, isOdd ? 3 : 2)
    while index <= degrees {
      sum += term
      term *= squaredCosine * Double(index - 1) / Double(index)
      index += 2
    }
    guard isOdd else { return max(0, 1 - sine * sum) }
    let angle = arcTangent(t / degreesValue.squareRoot())
    return max(0, 1 - 2 / Double.pi * (angle + sine * squaredCosine.squareRoot() * sum))
  }

  /// The distance from 0 beyond which a value lies with this probability.
  package func quantile(beyond probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability lies between 0 and 1")
    func excess(_ t: Double) -> Double { self.probability(beyond: t) - probability }
    var low = (t: 0.0, excess: 1 - probability)
    var high = (t: 1.0, excess: excess(1))
    while high.excess > 0, high.t < 1e12 { (low, high) = (high, (2 * high.t, excess(2 * high.t))) }
    // The secant through both ends; of an end that stays twice, half counts (the Illinois method).
    // It takes about ten steps where halving the distance takes fifty.
    let near = max(1e-16, 1e-13 * probability)
    var side = 0
    for _ in 0..<80 where high.t - low.t > 1e-15 * high.t {
      let t = low.t + (high.t - low.t) * low.excess / (low.excess - high.excess)
      let found = excess(t)
      if abs(found) <= near { return t }
      if found > 0 {
        low = (t, found)
        if side > 0 { high.excess /= 2 }
        side = 1
      } else {
        high = (t, found)
        if side < 0 { low.excess /= 2 }
        side = -1
      }
    }
    return (low.t + high.t) / 2
  }
}
