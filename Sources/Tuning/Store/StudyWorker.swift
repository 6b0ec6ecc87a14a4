#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// This process, as a store's lists of attempts show it to people.
public enum StudyWorker {
  /// The machine and the process, such as `node7:4711`.
  public static var name: String {
    "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)"
  }
}
