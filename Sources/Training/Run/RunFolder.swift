internal import ModelExchange
internal import NetworkGraph
internal import Tables

/// The files of a finished run, read one by one.
struct RunFolder: Sendable {
  let path: String

  /// The path of a file of the folder.
  func place(_ name: String) -> String { "\(path)/\(name)" }

  /// The manifest; tells a folder that is no run from a run that is damaged.
  func manifest() throws(TrainingError) -> Manifest {
    let bytes: [UInt8]
    do {
      bytes = try readFile(at: place(RunFile.manifest), maximumBytes: 64 << 20)
    } catch {
      guard (try? self.bytes(RunFile.repeats)) == nil else {
        throw TrainingError(
          "`\(path)` holds the measures of repeated runs, not a network",
          hints: ["train without `--folds` and `--seeds` to get one"])
      }
      throw TrainingError(
        "`\(path)` is not a run: there is no `\(RunFile.manifest)` in it that can be read",
        hints: ["runs are folders such as `runs/NAME/1`, written by `plumb train`"])
    }
    try check(bytes)
    return try json(Manifest.self, RunFile.manifest)
  }

  /// Throws unless the manifest is one of this version.
  func checkFormat() throws(TrainingError) { try check(try bytes(RunFile.manifest)) }

  private func check(_ manifest: [UInt8]) throws(TrainingError) {
    guard let format = JSONText.value(FormatOnly.self, of: manifest)?.format else {
      throw damaged(RunFile.manifest, "it is not a manifest")
    }
    guard format == Manifest.currentFormat else {
      throw TrainingError(
        "`\(path)` has the format \(format); this version reads \(Manifest.currentFormat)",
        hints: ["use the version of plumb that wrote it"])
    }
  }

  /// Whether a regular file of this name is there; a link is none.
  func has(_ name: String) -> Bool { RunSearch.kind(of: place(name)) == .other }

  /// A file of JSON.
  func json<Value: Decodable>(_ type: Value.Type, _ name: String) throws(TrainingError) -> Value {
    guard let value = JSONText.value(type, of: try bytes(name)) else {
      throw damaged(name, "it does not have the form of that file")
    }
    return value
  }

  /// The epochs, one per line.
  func epochs() throws(TrainingError) -> [EpochReport] {
    var epochs: [EpochReport] = []
    for (index, line) in try bytes(RunFile.metrics).split(separator: 0x0A).enumerated() {
      guard let epoch = JSONText.value(EpochReport.self, of: Array(line)) else {
        throw damaged(RunFile.metrics, "line \(index + 1) is not an epoch")
      }
      epochs.append(epoch)
    }
    return epochs
  }

  /// Parameters and running statistics.
  func weights() throws(TrainingError) -> [NamedTensor] {
    let bytes = try bytes(RunFile.weights)
    do {
      return try SafeTensors(decoding: bytes).tensors.map {
        NamedTensor(name: $0.name, shape: $0.shape, values: $0.values)
      }
    } catch {
      throw damaged(RunFile.weights, error.message)
    }
  }

  /// A file of text.
  func text(_ name: String) throws(TrainingError) -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  func damaged(_ name: String, _ words: String) -> TrainingError {
    TrainingError("`\(place(name))` is damaged: \(words)", hints: ["train again"])
  }

  private func bytes(_ name: String) throws(TrainingError) -> [UInt8] {
    do {
      return try readFile(at: place(name), maximumBytes: 4 << 30)
    } catch {
      throw TrainingError("the run lacks a file: \(error.path): \(error.message)")
    }
  }
}

/// The one field that every version of a manifest has.
private struct FormatOnly: Decodable {
  var format: Int
}
