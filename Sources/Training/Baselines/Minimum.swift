/// Where a smooth function is least, by the method L-BFGS with ten remembered steps.
///
/// Stops when no part of the gradient exceeds `tolerance`, when no step along the search direction
/// lowers the value any more, or after `iterations`. Deterministic.
func minimum(
  from start: [Double], tolerance: Double, iterations: Int,
  of function: ([Double]) -> (value: Double, gradient: [Double])
) -> [Double] {
  var point = start
  var (value, gradient) = function(point)
  var memory: [CurvaturePair] = []
  for _ in 0..<iterations {
    guard gradient.contains(where: { abs($0) > tolerance }) else { break }
    var direction = searchDirection(gradient, memory)
    var slope = dot(direction, gradient)
    if slope >= 0 {
      memory = []
      direction = gradient.map { -$0 }
      slope = -dot(gradient, gradient)
    }
    // Before any curvature is known, a step of length one at most.
    var step = memory.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1
    var found: (point: [Double], value: Double, gradient: [Double])?
    for _ in 0..<30 {
      let candidate = zip(point, direction).map { $0 + step * $1 }
      let (newValue, newGradient) = function(candidate)
      if newValue <= value + 1e-4 * step * slope {
        found = (candidate, newValue, newGradient)
        break
      }
      step /= 2
    }
    guard let found else { break }
    let pair = CurvaturePair(
      step: zip(found.point, point).map { $0 - $1 },
      change: zip(found.gradient, gradient).map { $0 - $1 })
    if pair.product > 1e-12 * dot(pair.change, pair.change) { memory.append(pair) }
    if memory.count > 10 { memory.removeFirst() }
    (point, value, gradient) = found
  }
  return point
}

/// A step and the change of the gradient along it.
private struct CurvaturePair {
  let step: [Double]
  let change: [Double]
  let product: Double

  init(step: [Double], change: [Double]) {
    self.step = step
    self.change = change
    product = dot(step, change)
  }
}

/// The gradient times the estimated inverse curvature, downhill: the two-loop recursion.
private func searchDirection(_ gradient: [Double], _ memory: [CurvaturePair]) -> [Double] {
  var direction = gradient.map { -$0 }
  var shares: [Double] = []
  for pair in memory.reversed() {
    let share = dot(pair.step, direction) / pair.product
    add(-share, pair.change, to: &direction)
    shares.append(share)
  }
  if let last = memory.last {
    let factor = last.product / dot(last.change, last.change)
    for i in direction.indices { direction[i] *= factor }
  }
  for (pair, share) in zip(memory, shares.reversed()) {
    add(share - dot(pair.change, direction) / pair.product, pair.step, to: &direction)
  }
  return direction
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

private func add(_ factor: Double, _ values: [Double], to sum: inout [Double]) {
  for i in sum.indices { sum[i] += factor * values[i] }
}
