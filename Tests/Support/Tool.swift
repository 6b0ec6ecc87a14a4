import Foundation

/// The built program, run as a person would run it.
public enum Tool {
  public struct Result: Sendable {
    public var code: Int32
    public var output: String
    public var errors: String
  }

  /// The program beside the tests that are running.
  public static let path: String = {
    let beside = (CommandLine.arguments[0] as NSString).deletingLastPathComponent + "/plumb"
    return FileManager.default.isExecutableFile(atPath: beside)
      ? beside : Repository.path(".build/debug/plumb")
  }()

  /// Runs the program in a folder and waits for its end.
  public static func run(
    _ arguments: [String], in folder: String = Repository.path("specs/examples"),
    input: String = ""
  ) throws -> Result {
    try start(path, arguments, in: folder, input: input)
  }

  /// Runs a line of a shell in which the program is called `plumb`; what it prints.
  public static func shell(_ line: String, in folder: String) throws -> String {
    let beside = (path as NSString).deletingLastPathComponent
    return try start("/bin/sh", ["-c", "PATH=\"\(beside):$PATH\"; \(line)"], in: folder, input: "")
      .output
  }

  /// A program that reads what this one writes: among those that `scripts/test` installs, or on
  /// the path. Where there is none, says that the test is skipped.
  public static func validator(_ name: String) -> String? {
    let own = Repository.path(".build/validators/bin/\(name)")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let found = ([own] + path.split(separator: ":").map { "\($0)/\(name)" })
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    if found == nil { print("skipped: \(name) is not installed; scripts/test installs it") }
    return found
  }

  /// A Python that can import a module: one that `PLUMB_PYTHON` names (several with colons between),
  /// the one that `scripts/test` installs, or that on the path. Where there is none, says that the
  /// test is skipped.
  public static func python(importing module: String) -> String? {
    let named = ProcessInfo.processInfo.environment["PLUMB_PYTHON"] ?? ""
    let candidates = named.split(separator: ":").map(String.init)
      + [Repository.path(".build/validators/bin/python3"), "/usr/bin/env python3"]
    let found = candidates.first { candidate in
      let line = "\(candidate) -c 'import \(module)' 2>/dev/null && echo yes"
      return (try? shell(line, in: Repository.root))?.contains("yes") ?? false
    }
    if found == nil { print("skipped: no Python that can import \(module) was found") }
    return found
  }

  private static func start(
    _ program: String, _ arguments: [String], in folder: String, input: String
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    // Help is folded to the width of the terminal, and colour depends on it too.
    process.environment = ProcessInfo.processInfo.environment
      .merging([
        "COLUMNS": "80", "NO_COLOR": "1",
        "XDG_CACHE_HOME": NSTemporaryDirectory() + "plumb-test-cache",
      ]) { $1 }
    let (output, errors) = (try Capture(), try Capture())
    process.standardOutput = output.handle
    process.standardError = errors.handle
    let source = Pipe()
    process.standardInput = source
    try process.run()
    source.fileHandleForWriting.write(Data(input.utf8))
    try source.fileHandleForWriting.close()
    process.waitUntilExit()
    return Result(
      code: process.terminationStatus, output: try output.text(), errors: try errors.text())
  }

  /// A file that a stream is written to, so that long output cannot block the program.
  private struct Capture {
    let path = NSTemporaryDirectory() + "plumb-stream-\(UUID().uuidString)"
    let handle: FileHandle

    init() throws {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      guard let handle = FileHandle(forWritingAtPath: path) else {
        throw CocoaError(.fileWriteUnknown)
      }
      self.handle = handle
    }

    func text() throws -> String {
      try handle.close()
      defer { try? FileManager.default.removeItem(atPath: path) }
      return try String(contentsOfFile: path, encoding: .utf8)
    }
  }
}
