internal import ModelExchange
internal import NetworkGraph
internal import SpecSyntax
internal import Tables

/// Everything needed to go on with a training as if it had never stopped.
///
/// A file of safetensors: `last.NAME` are the weights and running statistics as they are, and
/// `best.NAME` those of the best epoch; `optimizer.0`, `optimizer.1`, … and `mean` are flat, in the
/// layout of the program. The metadata holds the rest as JSON, and a SHA-256 of the whole file with
/// zeros in its place.
struct Checkpoint: Sendable {
  static let currentFormat = 1
  static let wayOut = [
    "remove the file, and the run begins anew with `--resume`", "or take it from a copy",
  ]

  var identity: RunIdentity
  var epochs: [EpochReport]
  /// The epoch that is going on.
  var steps: EpochSteps
  var executor: ExecutorSnapshot
  var best: [NamedTensor]?

  /// What is neither a tensor nor an epoch.
  private struct State: Codable {
    var identity: RunIdentity
    var steps: EpochSteps
    /// Steps of the optimiser.
    var stepCount: Int
    var meanCount: Int

    enum CodingKeys: String, CodingKey {
      case identity, steps
      case stepCount = "step"
      case meanCount = "mean_count"
    }
  }

  private static let noDigest = String(repeating: "0", count: 64)

  init(
    identity: RunIdentity, epochs: [EpochReport], steps: EpochSteps, executor: ExecutorSnapshot,
    best: [NamedTensor]?
  ) {
    self.identity = identity
    self.epochs = epochs
    self.steps = steps
    self.executor = executor
    self.best = best
  }

  /// The bytes of the file; the same for the same state.
  func encoded() -> [UInt8] {
    func tensors(_ named: [NamedTensor], _ prefix: String) -> [SafeTensors.Tensor] {
      named.map { .init(name: prefix + $0.name, shape: $0.shape, values: $0.values) }
    }
    func flat(_ values: [Float], _ name: String) -> SafeTensors.Tensor {
      .init(name: name, shape: [values.count], values: values)
    }
    var all = tensors(executor.tensors, "last.") + tensors(best ?? [], "best.")
    all += executor.slots.enumerated().map { flat($0.element, "optimizer.\($0.offset)") }
    if let mean = executor.mean { all.append(flat(mean, "mean")) }
    let state = State(
      identity: identity, steps: steps, stepCount: executor.stepCount,
      meanCount: executor.meanCount)
    var bytes = SafeTensors(
      tensors: all,
      metadata: [
        "format": "plumb checkpoint \(Self.currentFormat)",
        "state": JSONText.of(state, layout: .line),
        "epochs": epochs.map { $0.json.text(.line) }.joined(separator: "\n"),
        "sha256": Self.noDigest,
      ]
    ).encoded()
    guard let place = Self.digestPlace(in: bytes) else {
      preconditionFailure("a checkpoint has a place for its digest")
    }
    bytes.replaceSubrange(place, with: sha256(bytes).utf8)
    return bytes
  }

  /// Reads the bytes of a file; throws, naming it, where it is damaged or something else.
  init(decoding bytes: [UInt8], path: String) throws(TrainingError) {
    func damaged(_ words: String) -> TrainingError {
      TrainingError("`\(path)` is damaged: \(words)", hints: Self.wayOut)
    }
    let file: SafeTensors
    do {
      file = try SafeTensors(decoding: bytes)
    } catch {
      throw damaged(error.message)
    }
    let words = (file.metadata["format"] ?? "").split(separator: " ")
    guard words.count == 3, words[..<2] == ["plumb", "checkpoint"] else {
      throw TrainingError(
        "`\(path)` is not a checkpoint of plumb", hints: Self.wayOut)
    }
    guard words[2] == "\(Self.currentFormat)" else {
      throw TrainingError(
        "`\(path)` has the format \(words[2]); this version reads \(Self.currentFormat)",
        hints: ["use the version of plumb that wrote it"])
    }
    var blank = bytes
    guard let place = Self.digestPlace(in: bytes) else { throw damaged("it has no SHA-256") }
    blank.replaceSubrange(place, with: Self.noDigest.utf8)
    guard sha256(blank) == file.metadata["sha256"] else {
      throw damaged("its bytes are not those of its SHA-256")
    }
    guard let text = file.metadata["state"],
      let state = JSONText.value(State.self, of: Array(text.utf8))
    else { throw damaged("it does not say where training stands") }
    (identity, steps) = (state.identity, state.steps)
    epochs = []
    for line in (file.metadata["epochs"] ?? "").split(separator: "\n") {
      guard let epoch = JSONText.value(EpochReport.self, of: Array(line.utf8)) else {
        throw damaged("one of its epochs is none")
      }
      epochs.append(epoch)
    }
    func named(_ prefix: String) -> [NamedTensor] {
      file.tensors.filter { $0.name.hasPrefix(prefix) }.map {
        .init(name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, values: $0.values)
      }
    }
    let slots = file.tensors.filter { $0.name.hasPrefix("optimizer.") }
    executor = ExecutorSnapshot(
      tensors: named("last."), stepCount: state.stepCount, slots: slots.map(\.values),
      mean: file.tensor("mean")?.values, meanCount: state.meanCount)
    let best = named("best.")
    self.best = best.isEmpty ? nil : best
  }

  /// Where the digest stands in the header of a file.
  private static func digestPlace(in bytes: [UInt8]) -> Range<Int>? {
    let key = Array("\"sha256\":\"".utf8)
    guard bytes.count > 8 else { return nil }
    let length = bytes[0..<8].reversed().reduce(0) { ($0 & 0xff_ffff) << 8 | Int($1) }
    let end = min(8 + length, bytes.count)
    // In the texts that stand before it, quotes are escaped.
    var place = 8
    while place + key.count + 64 <= end {
      if bytes[place] == key[0], bytes[place..<place + key.count].elementsEqual(key) {
        return place + key.count..<place + key.count + 64
      }
      place += 1
    }
    return nil
  }
}
