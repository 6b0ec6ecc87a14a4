/// Names, for every column that holds the same as an earlier one, that column.
///
/// Numbers have to be equal in every row. Levels may be called otherwise, as countries and their
/// codes are; where there are ten and more, two in a hundred rows may differ.
func markCopies(among columns: inout [ColumnProfile], of table: Table) {
  var numbers: [NumberKey: [Int]] = [:]
  var texts: [Int] = []
  for index in columns.indices where columns[index].distinct > 1 {
    switch table.columns[index].storage {
    case .numbers(let own):
      let key = NumberKey(columns[index])
      let earlier = numbers[key, default: []].first { other in
        guard case .numbers(let others) = table.columns[other].storage else { return false }
        return areEqual(own, others)
      }
      if let earlier { columns[index].sameAs = columns[earlier].name }
      if earlier == nil { numbers[key, default: []].append(index) }
    case .codes(let own, let levels):
      let earlier = texts.first { other in
        guard case .codes(let others, let otherLevels) = table.columns[other].storage,
          areAlike(columns[index], columns[other])
        else { return false }
        let tolerance = columns[index].distinct < 10 ? 0 : table.rowCount / 50
        return match(own, levels.count, others, otherLevels.count, tolerance: tolerance)
      }
      if let earlier { columns[index].sameAs = columns[earlier].name }
      if earlier == nil { texts.append(index) }
    }
  }
}

/// What equal columns of numbers have in common, so that few have to be compared.
private struct NumberKey: Hashable {
  var missing: Int
  var distinct: Int
  var mean: Double?
  var deviation: Double?
  var minimum: Double?

  init(_ column: ColumnProfile) {
    (missing, distinct) = (column.missing, column.distinct)
    (mean, deviation) = (column.mean, column.standardDeviation)
    minimum = column.minimum
  }
}

private func areEqual(_ left: Numbers, _ right: Numbers) -> Bool {
  for (x, y) in zip(left, right) where x != y && !(x.isNaN && y.isNaN) { return false }
  return true
}

/// Whether the counts of two columns of levels let them hold the same.
private func areAlike(_ left: ColumnProfile, _ right: ColumnProfile) -> Bool {
  let slack = left.distinct < 10 ? 0 : left.rows / 50
  guard (left.distinct - right.distinct).magnitude * 20 <= left.distinct,
    (left.missing - right.missing).magnitude <= slack
  else { return false }
  return zip(left.levels, right.levels).prefix(5).allSatisfy { own, other in
    (own.count - other.count).magnitude <= slack
  }
}

/// Whether each level of one list goes with one level of the other, but for a few rows.
private func match(
  _ left: Codes, _ leftLevels: Int, _ right: Codes, _ rightLevels: Int, tolerance: Int
) -> Bool {
  var partner = [Int32](repeating: -1, count: leftLevels)
  var owner = [Int32](repeating: -1, count: rightLevels)
  var strays = 0
  for row in left.indices {
    let (x, y) = (left[row], right[row])
    if x < 0 || y < 0 {
      if x != y { strays += 1 }
    } else {
      if partner[Int(x)] < 0, owner[Int(y)] < 0 { (partner[Int(x)], owner[Int(y)]) = (y, x) }
      if partner[Int(x)] != y { strays += 1 }
    }
    if strays > tolerance { return false }
  }
  return true
}
