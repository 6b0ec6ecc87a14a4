#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import Tables

/// Where a run is written.
public enum RunPlace: Sendable, Hashable {
  /// In `folder/name`, under the next free number.
  case numbered(folder: String, name: String)
  /// In this folder, which must not exist yet.
  case folder(String)
}

/// A folder that is being written beside its final place, so that no half-written run is ever
/// taken for a run.
struct PartialRun {
  private let place: RunPlace
  let path: String
  private let number: Int

  /// Makes the folder; throws if the name or the place cannot be used.
  init(_ place: RunPlace) throws(TrainingError) {
    self.place = place
    switch place {
    case .folder(let folder):
      guard !folder.isEmpty, !folder.contains("\0") else {
        throw TrainingError("a run folder needs a name")
      }
      let target = folder.droppingSlashes
      guard !FileManager.default.fileExists(atPath: target) else { throw .exists(target) }
      try makeFolder(parent(of: target), withParents: true)
      (path, number) = try claim { $0 == 1 ? "\(target).partial" : "\(target).partial\($0)" }
    case .numbered(let folder, let name):
      try checkRunName(name)
      let runs = "\(folder)/\(name)"
      try makeFolder(runs, withParents: true)
      (path, number) = try claim(from: nextNumber(in: runs)) { "\(runs)/\($0).partial" }
    }
  }

  /// Writes one file.
  func write(_ bytes: [UInt8], to name: String) throws(TrainingError) {
    do {
      try writeFile(bytes, to: "\(path)/\(name)")
    } catch {
      throw .unwritable("\(path)/\(name)")
    }
  }

  /// Writes one file of text.
  func write(_ text: String, to name: String) throws(TrainingError) {
    try write(Array(text.utf8), to: name)
  }

  /// Gives the folder its final name, which is returned.
  func finish() throws(TrainingError) -> String {
    let candidates: [String] =
      switch place {
      case .folder(let folder): [folder.droppingSlashes]
      case .numbered(let folder, let name):
        (number..<(number + 1000)).map { "\(folder)/\(name)/\($0)" }
      }
    for target in candidates where !FileManager.default.fileExists(atPath: target) {
      if (try? FileManager.default.moveItem(atPath: path, toPath: target)) != nil { return target }
    }
    guard case .folder(let folder) = place, FileManager.default.fileExists(atPath: folder) else {
      throw .unwritable(candidates[0])
    }
    throw .exists(folder)
  }

  /// Removes what was written, after a run that came to nothing.
  func discard() {
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// Throws unless a name can be that of a folder and of nothing beyond it.
func checkRunName(_ name: String) throws(TrainingError) {
  let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "/" && $0 != "\\" }
  guard isPlain, !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= 200 else {
    throw TrainingError(
      "the model's name cannot be the name of a folder",
      hints: ["give it a `name` without slashes and dots in front", "name a folder with `--run`"])
  }
}

/// One more than the greatest number in use, half-written runs included.
private func nextNumber(in folder: String) -> Int {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  let numbers = names.compactMap { name in
    Int(name.hasSuffix(".partial") ? String(name.dropLast(8)) : name)
  }
  return (numbers.filter { $0 < 1 << 40 }.max() ?? 0) + 1
}

/// Makes the first folder that is not there yet; another run may be making one at the same time.
private func claim(
  from first: Int = 1, path: (Int) -> String
) throws(TrainingError) -> (path: String, number: Int) {
  for number in first..<(first + 1000) {
    let path = path(number)
    if (try? makeFolder(path, withParents: false)) != nil { return (path, number) }
    guard FileManager.default.fileExists(atPath: path) else { throw .unwritable(path) }
  }
  throw .unwritable(path(first))
}

private func makeFolder(_ path: String, withParents: Bool) throws(TrainingError) {
  do {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: withParents)
  } catch {
    throw .unwritable(path)
  }
}

/// The folder in which a path lies.
private func parent(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

extension String {
  /// Without slashes at the end, except for the root.
  fileprivate var droppingSlashes: String {
    var result = self
    while result.count > 1, result.hasSuffix("/") { result.removeLast() }
    return result
  }
}

extension TrainingError {
  static func unwritable(_ path: String) -> TrainingError {
    TrainingError(
      "`\(path)` cannot be written", hints: ["check that the folder may be written to"])
  }

  static func exists(_ path: String) -> TrainingError {
    TrainingError(
      "`\(path)` is there already, and runs are never overwritten",
      hints: ["name another folder"])
  }
}
