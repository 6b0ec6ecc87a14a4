import Tables

/// Which build of the program this is: its version, and the stamp of its file where that is known.
enum ProgramStamp {
  static let text: String = {
    let places = ["/proc/self/exe", CommandLine.arguments[0]]
    let stamp = places.lazy.compactMap { FileStamp(of: $0) }.first
    return "\(Plumb.version) \(stamp?.numbers ?? [])"
  }()
}
