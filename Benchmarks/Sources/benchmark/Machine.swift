import Foundation

/// What the figures were measured on.
enum Machine {
  /// Processor, cores, memory and system in a line.
  static var description: String {
    let process = ProcessInfo.processInfo
    let memory = (Double(process.physicalMemory) / 1e9).rounded()
    return "\(processor), \(process.activeProcessorCount) cores, \(Int(memory)) GB, "
      + process.operatingSystemVersionString
  }

  private static var processor: String {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    for line in info.split(separator: "\n") where line.hasPrefix("model name") {
      return line.drop { $0 != ":" }.dropFirst(2).description
    }
    return "unknown processor"
  }
}
