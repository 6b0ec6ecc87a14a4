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
    var (term, sum) = (1.0, 0.0)
    for index in stride(from: isOdd ? 3 : 2, through: degrees, by: 2) {
      sum += term
      term *= squaredCosine * Double(index - 1) / Double(index)
    }
    guard isOdd else { return max(0, 1 - sine * sum) }
    let angle = arcTangent(t / degreesValue.squareRoot())
    return max(0, 1 - 2 / Double.pi * (angle + sine * squaredCosine.squareRoot() * sum))
  }

  /// The distance from 0 beyond which a value lies with this probability.
  package func quantile(beyond probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability lies between 0 and 1")
    var (low, high) = (0.0, 1.0)
    while self.probability(beyond: high) > probability, high < 1e12 { high *= 2 }
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if self.probability(beyond: middle) > probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
