internal import Tensors

/// Where the encoded rows of a table are kept while they are in use.
///
/// Rows that would take more than a share of the machine's memory go to a file, of which the system
/// holds in memory what fits. The file lies beside the run, never beside the user's data; its name
/// is removed at once, so that its space is free again when the run ends, however it ends.
struct PreparedStorage {
  /// The most bytes that are kept in memory.
  var limitBytes: Int
  /// A folder for the file, made when it is needed.
  var folder: () throws(TrainingError) -> String

  /// A quarter of the machine's memory: the table and the network want room too.
  static var usualLimitBytes: Int { physicalMemoryBytes / 4 }

  /// Everything in memory.
  static var memory: PreparedStorage {
    PreparedStorage(limitBytes: .max) { () throws(TrainingError) in "" }
  }

  /// Room for floats; `part` tells files of one run apart.
  func writer(count: Int, part: String) throws(TrainingError) -> FloatStoreWriter {
    guard count > limitBytes / MemoryLayout<Float>.stride else {
      return FloatStoreWriter(count: count)
    }
    let path = "\(try folder())/\(part).rows"
    return try onFloatFiles(path) { () throws(FloatFileError) in
      try FloatStoreWriter(count: count, file: path)
    }
  }
}

/// Puts what the system says about a file of rows in the words of a training error.
func onFloatFiles<Value>(
  _ path: String, _ body: () throws(FloatFileError) -> Value
) throws(TrainingError) -> Value {
  do throws(FloatFileError) {
    return try body()
  } catch {
    throw TrainingError(
      "the prepared rows cannot be written beside the run, to `\(path)`: \(error.reason)",
      hints: ["name a folder with more room with `--run`", "use fewer rows or features"])
  }
}
