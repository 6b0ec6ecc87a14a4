/// The names that may have been meant by `name`, best first; empty if none is near.
///
/// Spelling differences that people overlook (case, `-`, `_`, spaces, British endings) do not
/// count. A name is near when at most a third of the letters are added, dropped, replaced or
/// swapped with their neighbour, or when it has the same words in another order.
public func nearest(to name: String, among names: [String], limit: Int = 3) -> [String] {
  let wanted = normalisedSpelling(name)
  let wantedWords = sortedWords(name)
  let bound = max(wanted.count, 3) / 3
  var found: [(name: String, distance: Int, order: Int)] = []
  var seen: Set<String> = []
  for (order, candidate) in names.enumerated() where seen.insert(candidate).inserted {
    let spelling = normalisedSpelling(candidate)
    guard !spelling.isEmpty else { continue }
    if let distance = editDistance(wanted, spelling, within: bound) {
      found.append((candidate, distance, order))
    } else if wantedWords.count > 1, wantedWords == sortedWords(candidate) {
      found.append((candidate, bound + 1, order))
    }
  }
  found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
  // The same word in another spelling leaves no doubt.
  if found.first?.distance == 0 { found = found.filter { $0.distance == 0 } }
  return found.prefix(max(limit, 0)).map(\.name)
}

/// Whether two names differ only in case, separators and British or American endings.
public func haveSameSpelling(_ a: String, _ b: String) -> Bool {
  normalisedSpelling(a) == normalisedSpelling(b)
}

/// The least number of added, dropped, replaced and swapped neighbouring letters that makes one
/// text of the other, where no letter is touched twice; nil above `bound`.
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], within bound: Int) -> Int? {
  guard abs(a.count - b.count) <= bound else { return nil }
  var last = Array(0...b.count)
  var (beforeLast, row) = (last, last)
  for i in a.indices {
    row[0] = i + 1
    var least = i + 1
    for j in b.indices {
      var best = min(last[j + 1], row[j]) + 1
      best = min(best, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row[j + 1] = best
      least = min(least, best)
    }
    // A swap costs one and reaches back two rows.
    guard least <= bound + 1 else { return nil }
    (beforeLast, last, row) = (last, row, beforeLast)
  }
  return last[b.count] <= bound ? last[b.count] : nil
}

/// Lower case without separators, with American endings.
private func normalisedSpelling(_ name: String) -> [Unicode.Scalar] {
  var letters: [Unicode.Scalar] = []
  for scalar in name.unicodeScalars {
    switch scalar {
    case "-", "_", " ": continue
    case "A"..."Z": letters.append(Unicode.Scalar(UInt8(scalar.value) + 32))
    case _ where scalar.isASCII: letters.append(scalar)
    default: letters += scalar.properties.lowercaseMapping.unicodeScalars
    }
  }
  return letters.replacingEvery("isation", with: "ization").replacingEvery("ou", with: "o")
}

/// The lower-case words of a name in alphabetical order.
private func sortedWords(_ name: String) -> [String] {
  name.lowercased().split { "-_ ".contains($0) }.map(String.init).sorted()
}

extension [Unicode.Scalar] {
  fileprivate func replacingEvery(_ old: String, with new: String) -> [Unicode.Scalar] {
    let (old, new) = (Array(old.unicodeScalars), new.unicodeScalars)
    guard count >= old.count, contains(old[old.count - 1]) else { return self }
    var result: [Unicode.Scalar] = []
    var place = 0
    while place < count {
      let end = place + old.count
      if self[place] == old[0], end <= count, self[place..<end].elementsEqual(old) {
        result += new
        place = end
      } else {
        result.append(self[place])
        place += 1
      }
    }
    return result
  }
}
