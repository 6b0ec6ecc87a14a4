#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import ModelExchange

/// Where an export is written.
struct ExportPlace {
  /// The file that is opened first.
  let path: String
  /// Its name without the ending, with which the names of all its files begin.
  let stem: String
  private let folder: String

  /// The place that was asked for, or the model's name in this folder.
  init(_ output: String?, _ name: String, _ exporter: any Exporter.Type) throws(Failure) {
    let ending = "." + exporter.fileExtension
    path = output ?? name + ending
    let file = FilePath.name(of: path)
    folder = String(path.dropLast(file.count))
    stem = file.hasSuffix(ending) ? String(file.dropLast(ending.count)) : file
    guard !stem.isEmpty, !path.hasSuffix("/"), path != "-", !path.contains("\0") else {
      throw Failure("`--output` names a file to write", hint: "for example `model\(ending)`")
    }
    // Python finds the weights by the name of the file that they lie beside.
    guard exporter.fileExtension != "py" || file.hasSuffix(ending) else {
      throw Failure(
        "a file of Python needs the ending `.py`, which `\(path)` lacks",
        hint: "write `--output \(path).py`")
    }
  }

  /// Writes all files, the first one last, so that it is never there without the others.
  func write(_ export: ModelExchange.Export, force: Bool) throws {
    let files = export.files.enumerated().map { index, file in
      (path: index == 0 ? path : folder + file.name, bytes: file.bytes)
    }
    for file in files {
      let isThere = FileManager.default.fileExists(atPath: file.path)
      guard !isThere || (force && !isFolder(file.path)) else {
        throw Failure(
          isFolder(file.path)
            ? "`\(file.path)` is a folder" : "`\(file.path)` is there already",
          hint: isFolder(file.path)
            ? "name a file in it" : "name another file with `--output`, or add `--force`")
      }
    }
    for file in files.reversed() { try writeWhole(file.bytes, to: file.path) }
    for file in files { Console.print("\(file.path)") }
  }

  private func isFolder(_ path: String) -> Bool {
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type]
    return type as? FileAttributeType == .typeDirectory
  }
}
