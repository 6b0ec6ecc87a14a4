/// Where this user's programs keep what can be found anew.
enum UserCache {
  /// The folder of this program, which may not exist; nil where no folder is named.
  static var folder: String? {
    let named = Console.environment("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = Console.environment("HOME").flatMap { $0.hasPrefix("/") ? "\($0)/.cache" : nil }
    return (named ?? home).map { "\($0)/plumb" }
  }
}
