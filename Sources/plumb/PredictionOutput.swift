#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Tables

/// Where predictions go: standard output, or a file that gets its name when it is whole.
struct PredictionOutput {
  private let file: PartialFile?
  private let packer: Deflater?

  /// Makes the file; one that is there is not touched unless asked.
  init(_ path: String?, force: Bool) throws(Failure) {
    guard let path else {
      (file, packer) = (nil, nil)
      return
    }
    guard force || !FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        "`\(path)` is there already", hint: "name another file with `--output`, or add `--force`")
    }
    file = try Self.onTables { () throws(TableError) in try PartialFile(path: path) }
    packer = path.hasSuffix(".gz") ? Deflater() : nil
  }

  func write(_ bytes: [UInt8]) throws(Failure) {
    guard !bytes.isEmpty else { return }
    guard let file else { return Console.verbatim(bytes) }
    try Self.onTables { () throws(TableError) in
      try file.write(packer?.deflate(bytes) ?? bytes)
    }
  }

  /// Ends the file and gives it its name.
  func finish() throws(Failure) {
    guard let file else { return }
    try Self.onTables { () throws(TableError) in
      if let packer { try file.write(packer.deflate([], isLast: true)) }
      try file.finish()
    }
  }

  private static func onTables<Value>(
    _ body: () throws(TableError) -> Value
  ) throws(Failure) -> Value {
    do {
      return try body()
    } catch {
      throw Failure(error.words, hint: error.hint)
    }
  }
}
