internal import Tables

/// Writes files of a run; what the system refuses becomes an error of training.
func onRunFiles<Value>(_ body: () throws(TableError) -> Value) throws(TrainingError) -> Value {
  do {
    return try body()
  } catch {
    throw .unwritable(error)
  }
}

extension TrainingError {
  static let writableHints = ["name a folder that can be written with `--run`"]

  static func unwritable(_ error: TableError) -> TrainingError {
    let hints =
      switch error.cause {
      case .space: ["make room on the disk, or name a folder elsewhere with `--run`"]
      case .permission, .absent, .size, .columns, .other: writableHints
      }
    return TrainingError("`\(error.path)` \(error.message)", hints: hints)
  }

  static func exists(_ path: String) -> TrainingError {
    TrainingError(
      "`\(path)` is there already, and runs are never overwritten",
      hints: ["name another folder"])
  }

  /// A new run was asked for where one was cut short.
  static func unfinished(_ path: String, _ name: String) -> TrainingError {
    TrainingError(
      "`\(path)` is a run that was cut short",
      hints: [
        "go on with it: `plumb train --resume \(name)`",
        "or name another folder, or remove that one",
      ])
  }

  /// The folder in which a run would go on is none of a run.
  static func foreign(_ path: String) -> TrainingError {
    TrainingError(
      "`\(path)` holds files of something else, and a run would be written there",
      hints: ["name another folder, or move that one away"])
  }
}
