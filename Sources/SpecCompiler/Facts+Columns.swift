import SpecSyntax
import Tables

/// A column that is an input: its facts, and how it is encoded.
struct InputColumn {
  var profile: ColumnProfile
  var plan: FeaturePlan

  var name: String { plan.column }
}

extension Facts {
  /// The columns that are inputs, in the table's order; empty for images and series.
  var inputColumns: [InputColumn] {
    guard isTabular, let features, let profile else { return [] }
    return features.plans.compactMap { plan in
      profile.column(plan.column).map { InputColumn(profile: $0, plan: plan) }
    }
  }

  /// Numeric inputs that reach the network as one number each.
  var plainNumbers: [InputColumn] {
    inputColumns.filter { $0.plan.kind == .numeric && $0.plan.form == .plain }
  }

  /// Where the author writes about a column.
  func path(ofColumn name: String) -> SpecPath { SpecPath("data.features").key(name) }

  /// Where the author wrote about an input: by name, or by leaving columns out.
  func placeOfInput(_ name: String) -> SpecPath {
    let own = path(ofColumn: name)
    if isWritten(own) { return own }
    return isWritten("data.features") ? "data.features" : "data.ignore"
  }

  /// The setting that takes columns out of the inputs.
  func ignoring(_ names: [String]) -> [(path: SpecPath, value: PlainValue)] {
    let all = spec.data.ignore + names.filter { !spec.data.ignore.contains($0) }
    return [("data.ignore", .list(all.map { .scalar($0) }))]
  }

  /// The inputs that seem to be known only with the target, each with the reason in words.
  var leaks: [(name: String, reason: String)] {
    guard let links = profile?.links, links.rows >= 100 else { return [] }
    let inputs = Set(inputColumns.map(\.name))
    return links.columns.compactMap { link -> (name: String, reason: String)? in
      guard inputs.contains(link.name),
        let reason = link.suspicion(of: links.target, share: share(of: link))
      else { return nil }
      return (link.name, reason)
    }
  }

  /// The inputs of which the network has no use, each with the reason in words.
  var uselessInputs: [(name: String, kind: Uselessness, reason: String)] {
    let inputs = inputColumns
    let names = Set(inputs.map(\.name))
    var found: [(name: String, kind: Uselessness, reason: String)] = []
    for column in inputs {
      if column.profile.distinct <= 1 {
        found.append((column.name, .constant, "holds one value"))
      } else if let other = column.profile.sameAs, names.contains(other) {
        found.append((column.name, .copy, "the same as `\(escapedForTerminal(other))`"))
      } else if let sign = column.profile.identifierSign {
        found.append((column.name, .identifier, sign))
      }
    }
    return found
  }

  /// Numeric inputs that are missing in more than half of the rows.
  var mostlyMissing: [InputColumn] {
    inputColumns.filter { $0.plan.kind == .numeric && $0.profile.missingShare > 0.5 }
  }

  /// What a column alone tells of the target, by the measure of the task: 0 nothing, 1 everything.
  func share(of link: ColumnLink) -> Double {
    (task == .classification ? link.classShare : link.numberShare) ?? 0
  }
}

/// Why an input is of no use.
enum Uselessness: CaseIterable {
  case constant
  case copy
  case identifier
}

extension ColumnLink {
  /// Why the column seems to be known only with the target, in words; nil where it does not.
  ///
  /// - Parameter share: what the column alone tells of the target.
  func suspicion(of target: String, share: Double) -> String? {
    let name = escapedForTerminal(target)
    if holdsTarget {
      return "seems to be `\(name)` plus something, as it is never less"
    }
    if share >= 0.98 { return "alone tells \(percentText(share)) of `\(name)`" }
    guard let telling else { return nil }
    return """
      is `\(escapedForTerminal(telling.value))` in \(counted(telling.rows, "row")), \
      \(percentText(telling.share)) with `\(name)` `\(escapedForTerminal(telling.className))`, of \
      all rows \(percentText(telling.usualShare))
      """
  }
}

/// Names in backticks, of many the first ones: "`a`, `b` and 3 more".
func namesText(_ names: [String], limit: Int = 4) -> String {
  let shown = names.prefix(limit).map { "`\(escapedForTerminal($0))`" }
  guard names.count <= limit else {
    return shown.joined(separator: ", ") + " and \(names.count - limit) more"
  }
  guard let last = shown.last, shown.count > 1 else { return shown.joined() }
  return shown.dropLast().joined(separator: ", ") + " and " + last
}

/// The words of a column's name in lower case: `storeID`, `store_id` and `Store ID` have two.
func words(ofName name: String) -> [String] {
  var words: [String] = []
  var word = ""
  var wasLower = false
  for character in name {
    let isNew = character.isUppercase && wasLower
    if isNew || !character.isLetter, !word.isEmpty {
      words.append(word.lowercased())
      word = ""
    }
    if character.isLetter { word.append(character) }
    wasLower = character.isLowercase
  }
  if !word.isEmpty { words.append(word.lowercased()) }
  return words
}
