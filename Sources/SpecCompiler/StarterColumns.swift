import SpecSyntax
import Tables

/// What a starter spec does with the columns of a table that are no plain inputs, and why.
struct StarterColumns {
  /// A column that is left out, with the reason.
  struct Ignored {
    var name: String
    var reason: String
    /// Whether only the author can tell if the column may be used.
    var isQuestion = false
  }

  /// In the order of the table.
  private(set) var ignored: [Ignored] = []
  /// The column of those who come again, whose rows stay together.
  private(set) var group: String?
  /// A column by whose values rows might be held out instead, and how a spec says so.
  private(set) var otherSplit: (key: String, column: String)?

  /// Looks at a spec that names a table and a target, and nothing else.
  init(_ compilation: Compilation) {
    guard let features = compilation.features, let profile = compilation.profile,
      let spec = compilation.spec, compilation.imageShape == nil,
      let facts = compilation.facts(for: spec, root: nil)
    else { return }
    let reasons = Self.reasons(facts, profile)
    for column in features.columns where !column.isNamedElsewhere {
      if column.use == .ignore {
        ignored.append(Ignored(name: column.name, reason: column.reason))
      } else if let found = reasons[column.name] {
        ignored.append(found)
      }
    }
    if let found = facts.groupColumn {
      if isNameOfReturning(found.name) {
        group = found.name
      } else {
        otherSplit = ("group", found.name)
      }
    } else if let date = profile.columns.first(where: { $0.type == .date && $0.distinct > 1 }) {
      otherSplit = ("time", date.name)
    }
  }

  /// The same without the columns that only the author can judge, where nothing else is left.
  func keepingQuestions() -> StarterColumns {
    var columns = self
    columns.ignored.removeAll { $0.isQuestion }
    return columns
  }

  /// Why columns that could be inputs are left out; of several reasons the most certain.
  private static func reasons(_ facts: Facts, _ profile: DataProfile) -> [String: Ignored] {
    var reasons: [String: Ignored] = [:]
    for column in facts.mostlyMissing {
      let share = percentText(column.profile.missingShare)
      reasons[column.name] = Ignored(name: column.name, reason: "missing in \(share) of the rows")
    }
    for leak in facts.leaks {
      reasons[leak.name] = Ignored(name: leak.name, reason: leak.reason, isQuestion: true)
    }
    for found in facts.uselessInputs {
      reasons[found.name] = Ignored(name: found.name, reason: found.reason)
    }
    let targets = facts.spec.data.targetColumns
    for column in profile.columns {
      let isTarget = targets.contains { name in
        column.sameAs == name || profile.column(name)?.sameAs == column.name
      }
      if isTarget {
        reasons[column.name] = Ignored(name: column.name, reason: "the target once more")
      }
    }
    return reasons
  }
}
