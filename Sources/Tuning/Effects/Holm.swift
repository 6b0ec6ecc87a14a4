/// Probabilities of several tests, adjusted so that all are told together at one risk (Holm 1979).
///
/// The least is taken times their number, the next times one less, and so on, none below those
/// before it; nil stays nil and counts for nothing.
func holmAdjusted(_ probabilities: [Double?]) -> [Double?] {
  let tested = probabilities.indices.filter { probabilities[$0] != nil }
    .sorted { (probabilities[$0] ?? 1, $0) < (probabilities[$1] ?? 1, $1) }
  var adjusted = probabilities
  var least = 0.0
  for (rank, index) in tested.enumerated() {
    least = max(least, min(1, (probabilities[index] ?? 1) * Double(tested.count - rank)))
    adjusted[index] = least
  }
  return adjusted
}
