/// For each point the number of its front: 0 of those that no other is at least as good as in all
/// coordinates and better in one, 1 of those that are so without front 0, and so on. Less is
/// better.
///
/// - Parameter wanted: fronts are told apart until they have so many points together; the rest is
///   in one more.
public func nonDominatedFronts(of points: [[Double]], wanted: Int = .max) -> [Int] {
  var fronts = [Int](repeating: 0, count: points.count)
  // In this order a point is dominated only by one before it.
  var rest = points.indices.sorted { points[$0].lexicographicallyPrecedes(points[$1]) }
  var (front, told) = (0, 0)
  while !rest.isEmpty, told < wanted {
    var (members, others): ([Int], [Int]) = ([], [])
    for index in rest {
      // Of two objectives the last member is the one to ask; equal points do not dominate.
      let isDominated = members.reversed().contains {
        points[$0] != points[index] && zip(points[$0], points[index]).allSatisfy { $0 <= $1 }
      }
      if isDominated { others.append(index) } else { members.append(index) }
    }
    for index in members { fronts[index] = front }
    told += members.count
    (front, rest) = (front + 1, others)
  }
  for index in rest { fronts[index] = front }
  return fronts
}
