/// The names that may have been meant by `name`, best first; empty if none is near.
///
/// Spelling differences that people overlook (case, `-`, `_`, spaces, British endings) do not
/// count. A name is near when at most a third of the letters are added, dropped, replaced or
/// swapped with their neighbour, or when it has the same words in another order.
public func nearest(to name: String, among names: [String], limit: Int = 3) -> [String] {
  let wanted = Array(normalisedSpelling(name).unicodeScalars)
  let wantedWords = sortedWords(name)
  let bound = max(wanted.count, 3) / 3
  var found: [(name: String, distance: Int, order: Int)] = []
  var seen: Set<String> = []
  for (order, candidate) in names.enumerated() where seen.insert(candidate).inserted {
    let spelling = Array(normalisedSpelling(candidate).unicodeScalars)
    guard !spelling.isEmpty else { continue }
    if let distance = editDistance(wanted, spelling, within: bound) {
      found.append((candidate, distance, order))
    } else if wantedWords.count > 1, wantedWords == sortedWords(candidate) {
      found.append((candidate, bound + 1, order))
    }
  }
  found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
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
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(last[j + 1], row[j]) + 1
      best = min(best, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count] <= bound ? last[b.count] : nil
}

/// Lower case without separators, with American endings.
private func normalisedSpelling(_ name: String) -> String {
  let joined = name.lowercased().unicodeScalars.filter { !"-_ ".unicodeScalars.contains($0) }
  return String(String.UnicodeScalarView(joined))
    .replacingEvery("isation", with: "ization").replacingEvery("ou", with: "o")
}

/// The lower-case words of a name in alphabetical order.
private func sortedWords(_ name: String) -> [String] {
  name.lowercased().split { "-_ ".contains($0) }.map(String.init).sorted()
}

extension String {
  fileprivate func replacingEvery(_ old: String, with new: String) -> String {
    var result: [UInt8] = []
    var rest = Array(utf8)[...]
    while let first = rest.first {
      if rest.starts(with: old.utf8) {
        result += new.utf8
        rest = rest.dropFirst(old.utf8.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
