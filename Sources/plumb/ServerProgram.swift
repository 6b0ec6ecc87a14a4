#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The program `plumb-serve`, which is built apart.
enum ServerProgram {
  private static let name = "plumb-serve"

  /// The number of processors.
  static var processorCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Where it is; throws where it has not been built.
  static func path() throws(Failure) -> String {
    if let named = Console.environment("PLUMB_SERVE"), !named.isEmpty {
      guard isProgram(named) else {
        throw Failure("`\(named)`, which PLUMB_SERVE names, is no program that can be run")
      }
      return named
    }
    guard let found = candidates().first(where: isProgram) else {
      throw Failure(
        "`\(name)`, which answers over HTTP, is not built",
        hint: "build it once, in a checkout of plumb, with `scripts/build-server`")
    }
    return found
  }

  /// Beside this program, in the build folder of the checkout that this one is in, on the path.
  private static func candidates() -> [String] {
    var found: [String] = []
    if let own = ownPath {
      let folder = parent(of: own)
      found = ["\(folder)/\(name)", "\(folder)/../libexec/plumb/\(name)"]
      let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
      if let build = parts.lastIndex(of: ".build") {
        let root = parts[..<build].joined(separator: "/")
        let kinds = parts.last == "debug" ? ["debug", "release"] : ["release", "debug"]
        found += kinds.map { "\(root)/Server/.build/\($0)/\(name)" }
      }
    }
    let path = Console.environment("PATH") ?? ""
    return found + path.split(separator: ":").map { "\($0)/\(name)" }
  }

  /// The file of this program, where the system tells.
  private static var ownPath: String? {
    #if os(Linux)
      return try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    #else
      return CommandLine.arguments.first.flatMap { $0.contains("/") ? $0 : nil }
    #endif
  }

  private static func parent(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  private static func isProgram(_ path: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: path)
      && (try? FileManager.default.contentsOfDirectory(atPath: path)) == nil
  }

  /// Goes on as another program, which keeps the number of the process; returns only by throwing.
  static func become(_ path: String, arguments: [String]) throws(Failure) {
    var words = unsafe ([path] + arguments).map { unsafe strdup($0) }
    unsafe words.append(nil)
    unsafe execv(path, words)
    let reason = unsafe String(cString: strerror(errno))
    throw Failure("`\(path)` cannot be run: \(reason)")
  }
}
