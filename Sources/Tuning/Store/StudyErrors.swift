extension StudyError {
  /// A study was begun with something else.
  static func otherStudy(_ name: String, _ differences: [String], _ place: String) -> StudyError {
    StudyError(
      "the study `\(name)` in `\(place)` is another one: \(differences.joined(separator: "; "))",
      hints: [
        "give the new study a name of its own, or another `--store`",
        "or take back the change, to go on with the trials there are",
      ])
  }

  static func noStudy(_ name: String?, of names: [String], in place: String) -> StudyError {
    let known = names.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    guard !names.isEmpty else { return StudyError("there is no study in `\(place)`") }
    guard let name else {
      return StudyError(
        "`\(place)` holds \(names.count) studies: \(known)",
        hints: ["name one of them, as in \(place)?study=\(names[0])"])
    }
    return StudyError("there is no study `\(name)` in `\(place)`", hints: ["there are \(known)"])
  }

  static func newerStudy(_ place: String) -> StudyError {
    StudyError(
      "`\(place)` was written by a newer version of plumb",
      hints: ["install that version; nothing was changed"])
  }

  static func otherOptuna(_ migration: String, _ place: String) -> StudyError {
    StudyError(
      "`\(place)` has the tables of another version of Optuna: `\(migration)`, and not "
        + "`\(StudySchema.optuna.migration)`",
      hints: ["tables from before its version 3.2 are brought up by `optuna storage upgrade`"])
  }

  static func foreignFile(_ path: String) -> StudyError {
    StudyError(
      "`\(path)` is no study: it is another program's file of SQLite",
      hints: ["give a path where there is no file yet, or a study's own"])
  }

  /// SQLite's locks do not hold across machines.
  static func network(_ system: String, _ path: String) -> StudyError {
    StudyError(
      "`\(path)` lies on a network file system (\(system)), where SQLite loses data",
      hints: [
        "for one machine, give a path on its own disk",
        "for many, use PostgreSQL: --store postgres://user@host/database",
      ])
  }
}
