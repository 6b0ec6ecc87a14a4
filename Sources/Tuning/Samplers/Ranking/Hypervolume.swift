/// The volume of what lies between any of the points and the reference, by Walking Fish Group's
/// recursion (While, Bradstreet and Barone 2012). Less is better; the reference is the worst.
func hypervolume(of points: [[Double]], reference: [Double]) -> Double {
  guard reference.count > 1 else {
    return points.map { reference[0] - $0[0] }.max() ?? 0
  }
  let points = points.sorted { $0.lexicographicallyPrecedes($1) }
  if reference.count == 2 {
    var (area, edge) = (0.0, reference[1])
    for point in points where point[1] < edge {
      area += (reference[0] - point[0]) * (edge - point[1])
      edge = point[1]
    }
    return area
  }
  var volume = 0.0
  for (index, point) in points.enumerated() {
    let limited = points[(index + 1)...].map { other in zip(point, other).map { max($0, $1) } }
    let fronts = nonDominatedFronts(of: limited, wanted: 1)
    let front = zip(limited, fronts).filter { $0.1 == 0 }.map(\.0)
    volume += box(point, reference) - hypervolume(of: Array(Set(front)), reference: reference)
  }
  return volume
}

/// Some of the points that together have much hypervolume: each time the one that adds most, which
/// gives at least 1 − 1/e of what is possible.
///
/// The reference is a tenth beyond the worst coordinate of all, as Optuna takes it.
///
/// - Returns: indices, as many as are wanted or there are.
func hypervolumeSubset(of points: [[Double]], count: Int) -> [Int] {
  guard count < points.count, let first = points.first else { return Array(points.indices) }
  let reference = first.indices.map { axis in
    let worst = points.map { $0[axis] }.max() ?? 0
    return worst == 0 ? 1e-12 : max(1.1 * worst, 0.9 * worst)
  }
  // Equal points add nothing to each other, and come last.
  var candidates: [Int] = []
  var equals: [Int] = []
  var seen = Set<[Double]>()
  for index in points.indices.sorted(by: { points[$0].lexicographicallyPrecedes(points[$1]) }) {
    if seen.insert(points[index]).inserted {
      candidates.append(index)
    } else {
      equals.append(index)
    }
  }
  // What a point adds only falls as others are chosen, so an old figure bounds it.
  var bounds = candidates.map { box(points[$0], reference) }
  var known = candidates.map { _ in 0 }
  var chosen: [Int] = []
  while chosen.count < count, let best = bounds.indices.max(by: { bounds[$0] < bounds[$1] }) {
    if bounds[best] == -.infinity { break }
    if known[best] == chosen.count {
      chosen.append(candidates[best])
      bounds[best] = -.infinity
      continue
    }
    let point = points[candidates[best]]
    let shared = chosen.map { other in zip(point, points[other]).map { max($0, $1) } }
    bounds[best] = box(point, reference) - hypervolume(of: shared, reference: reference)
    known[best] = chosen.count
  }
  return chosen + equals.prefix(count - chosen.count)
}

private func box(_ point: [Double], _ reference: [Double]) -> Double {
  zip(point, reference).reduce(1) { $0 * ($1.1 - $1.0) }
}
