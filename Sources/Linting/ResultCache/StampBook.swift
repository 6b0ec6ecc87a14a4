#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import Synchronization
internal import Tables

/// The stamps of tables, each taken once in a run, before the table is read.
final class StampBook: Sendable {
  private let now: Int
  private let stamps = Mutex([String: FileStamp?]())
  private let isPrepared = Mutex(false)

  init(now: Int) { self.now = now }

  /// The stamp that a file had when it was first asked for; nil where there is none.
  func stamp(of path: String) -> FileStamp? {
    stamps.withLock { stamps in
      if let known = stamps[path] { return known }
      let stamp = FileStamp(of: path)
      stamps[path] = .some(stamp)
      return stamp
    }
  }

  /// Whether a file still has a stamp by which the next change would show.
  func isSteady(_ stamp: FileStamp?, at path: String) -> Bool {
    guard stamp == FileStamp(of: path) else { return false }
    return stamp.map { $0.isSteady(atNanoseconds: now) } ?? true
  }

  /// Makes a folder for entries, once, and room in it where there are too many.
  func prepare(_ folder: String, maximumEntries: Int) {
    isPrepared.withLock { isPrepared in
      guard !isPrepared else { return }
      isPrepared = true
      let manager = FileManager.default
      try? manager.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      guard let names = try? manager.contentsOfDirectory(atPath: folder),
        names.count >= maximumEntries
      else { return }
      let dated = names.map { name in
        let date = try? manager.attributesOfItem(atPath: "\(folder)/\(name)")[.modificationDate]
        return (name: name, date: date as? Date ?? .distantPast)
      }
      let old = dated.sorted { $0.date < $1.date }.dropLast(maximumEntries / 2)
      for (name, _) in old { try? manager.removeItem(atPath: "\(folder)/\(name)") }
    }
  }
}
