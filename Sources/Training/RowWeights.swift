internal import SpecCompiler
internal import SpecSyntax
internal import Tables

/// How much each row counts in training; nil where all count alike.
///
/// `balanced` gives a class `rows / (classes · rows of the class)`, over the classes that occur.
func rowWeights(
  _ weights: ClassWeights, _ rows: PreparedRows, _ target: TargetEncoder
) throws(TrainingError) -> [Float]? {
  guard case .classes(_, let levels) = target.target, case .classes(let codes) = rows.truth else {
    return nil
  }
  var ofClass = Array(repeating: Float(1), count: levels.count)
  switch weights {
  case .none: return nil
  case .balanced:
    let counts = classCounts(codes, of: levels.count)
    let present = counts.count { $0 > 0 }
    for (index, count) in counts.enumerated() where count > 0 {
      ofClass[index] = Float(Double(codes.count) / Double(present * count))
    }
  case .named(let values):
    for value in values {
      guard let index = levels.firstIndex(of: value.name) else {
        throw TrainingError(
          "`class_weights` names `\(value.name)`, which is not a class of the target")
      }
      ofClass[index] = Float(value.value)
    }
  }
  return codes.map { ofClass[$0] }
}

/// How many rows each class has.
func classCounts(_ codes: [Int], of count: Int) -> [Int] {
  var counts = Array(repeating: 0, count: count)
  for code in codes { counts[code] += 1 }
  return counts
}
