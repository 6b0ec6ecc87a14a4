#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// This process, as a store's lists of attempts show it to people and to other processes.
public enum StudyWorker {
  /// The machine and the process, such as `node7:4711`; on Linux also where its number holds and
  /// when it started, by which others there tell that it has ended.
  public static let name = name(of: getpid())

  /// The name of this machine.
  static var machine: String { ProcessInfo.processInfo.hostName }

  static func name(of process: Int32) -> String {
    let plain = "\(machine):\(process)"
    guard let place, let start = look(at: process)?.start else { return plain }
    return "\(plain) \(place) \(start)"
  }

  /// Whether the process that gave a name was one of this machine and has certainly ended.
  static func isGone(_ name: String) -> Bool {
    let parts = name.split(separator: " ")
    guard parts.count == 3, let place, parts[1] == place,
      let process = parts[0].split(separator: ":").last.flatMap({ Int32($0) }), process > 0
    else { return false }
    if kill(process, 0) != 0, errno == ESRCH { return true }
    // What cannot be looked at may belong to somebody else.
    guard let found = look(at: process) else { return false }
    return found.hasEnded || parts[2] != found.start
  }

  /// Within what the number and the start of a process hold: this start of the machine, and, since
  /// containers count for themselves, this count of processes and of time. Nil where it is unknown.
  private static let place: String? = {
    guard let boot = text("/proc/sys/kernel/random/boot_id") else { return nil }
    let counts = ["pid", "time"].map { name in
      let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/\(name)")
      return (link ?? "").filter(\.isNumber)
    }
    // An older kernel counts time for all alike.
    guard !counts[0].isEmpty else { return nil }
    return ([boot] + counts).joined(separator: "/")
  }()

  /// When a process started, in ticks since the machine did, and whether it has ended and is only
  /// not yet forgotten (proc(5), `/proc/pid/stat`).
  private static func look(at process: Int32) -> (start: String, hasEnded: Bool)? {
    // The name of the program, in brackets, may hold anything.
    guard let line = text("/proc/\(process)/stat"), let bracket = line.lastIndex(of: ")") else {
      return nil
    }
    let fields = line[line.index(after: bracket)...].split(separator: " ")
    guard fields.count > 19 else { return nil }
    return (String(fields[19]), ["Z", "X"].contains(fields[0]))
  }

  private static func text(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { return nil }
    return String(decoding: data, as: UTF8.self).filter { $0 != "\n" }
  }
}
