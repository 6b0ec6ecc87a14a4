import Foundation

/// A program to be run and measured.
struct Command: Sendable {
  var program: String
  var arguments: [String]
  /// Changes to the environment; nil takes a variable away.
  var environment: [String: String?] = [:]
}

/// What running a program showed.
struct Execution: Sendable {
  var output: Data
  var errors: String
  var exitCode: Int32
  /// From before the start of the process to after its end.
  var seconds: Double
  /// The most memory that was resident at any time.
  var peakBytes: Int
}

/// Why a program could not be started.
struct StartFailure: Error, CustomStringConvertible {
  let description: String
}

extension Command {
  /// Runs the program to its end.
  ///
  /// `posix_spawn` and `wait4` stand here instead of Foundation's `Process`, which does not tell a
  /// child's memory and adds milliseconds of its own.
  func run() throws -> Execution {
    let folder = FileManager.default.temporaryDirectory
    let stem = "benchmark-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)"
    let (output, errors) = (
      folder.appending(path: "\(stem).out").path(), folder.appending(path: "\(stem).err").path()
    )
    defer { for path in [output, errors] { unlink(path) } }
    var actions = Self.emptyActions()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, path) in [(Int32(1), output), (2, errors)] {
      posix_spawn_file_actions_addopen(
        &actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    var pid: pid_t = 0
    let clock = ContinuousClock()
    let start = clock.now
    let failure = withStrings([program] + arguments) { arguments in
      withStrings(variables) { posix_spawn(&pid, program, &actions, nil, arguments, $0) }
    }
    guard failure == 0 else {
      throw StartFailure(description: "\(program): \(String(cString: strerror(failure)))")
    }
    var (status, usage) = (Int32(0), rusage())
    while wait4(pid, &status, 0, &usage) == -1, errno == EINTR {}
    let seconds = (clock.now - start) / .seconds(1)
    return Execution(
      output: (try? Data(contentsOf: URL(filePath: output))) ?? Data(),
      errors: (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "",
      exitCode: status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F,
      seconds: seconds, peakBytes: Self.bytes(ofPeak: usage))
  }

  private var variables: [String] {
    var all = ProcessInfo.processInfo.environment
    for (name, value) in environment { all[name] = value }
    return all.map { "\($0)=\($1)" }
  }

  #if os(macOS)
    private static func emptyActions() -> posix_spawn_file_actions_t? { nil }
    private static func bytes(ofPeak usage: rusage) -> Int { usage.ru_maxrss }
  #else
    private static func emptyActions() -> posix_spawn_file_actions_t { .init() }
    private static func bytes(ofPeak usage: rusage) -> Int { usage.ru_maxrss * 1024 }
  #endif
}

/// Gives strings to C: an array of pointers that ends with none.
private func withStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let pointers = strings.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}
