public import Tables
internal import SpecCompiler
internal import Tensors

/// Where a run comes from, as far as the program around it knows.
public struct RunOrigin: Sendable, Hashable {
  /// The command that makes the run, if there is one.
  public var command: String?
  /// The files of the table and of its labels as they were read; none where it came from memory.
  public var files: [FileDigest]
  /// The file that names the table, where that is told otherwise than the compilation does.
  public var tableNamedIn: String?

  public init(
    command: String? = nil, files: [FileDigest] = [], tableNamedIn: String? = nil
  ) {
    self.command = command
    self.files = files
    self.tableNamedIn = tableNamedIn
  }
}

/// What has to be the same for a run to go on to the same bytes.
struct RunIdentity: Sendable, Codable, Hashable {
  var version: String
  var instructionSet: String
  /// Every value of the spec that bears on the weights, as `path: value`.
  var values: [String]
  /// The files of the table and of its labels.
  var files: [FileDigest]
  /// The fingerprint of the encoded rows.
  var rows: String

  init(version: String, resolution: Resolution?, files: [FileDigest], rows: String) {
    (self.version, self.files, self.rows) = (version, files, rows)
    instructionSet = InstructionSet.current.name
    // A table may be moved, if its bytes say that it is the same.
    let unimportant =
      ["name", "description"]
      + (files.isEmpty ? [] : ["data.source", "data.labels", "data.profile"])
    values = (resolution?.values ?? [])
      .filter { !unimportant.contains($0.path) && !$0.path.hasPrefix("search") }
      .map { "\($0.path): \($0.value)" }
  }

  private enum CodingKeys: String, CodingKey {
    case version, values, files, rows
    case instructionSet = "instruction_set"
  }

  /// Throws, naming the first, where something is other than it was in a run of this identity.
  ///
  /// - Parameters:
  ///   - path: that of the checkpoint.
  ///   - table: the path of the table.
  func check(_ now: RunIdentity, path: String, table: String) throws(TrainingError) {
    let anew = "or train anew, without `--resume`"
    guard version == now.version else {
      throw TrainingError(
        """
        `\(path)` was written by plumb \(version), and this is \(now.version), which may go on to \
        other weights
        """, hints: ["go on with plumb \(version)", anew])
    }
    guard instructionSet == now.instructionSet else {
      throw TrainingError(
        """
        `\(path)` was written with the instruction set `\(instructionSet)`, and this is \
        `\(now.instructionSet)`, which rounds differently
        """,
        hints: ["set `PLUMB_CPU=\(instructionSet)` on a processor that has it", anew])
    }
    guard files == now.files else {
      let digests = zip(files, now.files).first { $0 != $1 }
        .map { ": its SHA-256 was \($0.sha256.prefix(12))… and is \($1.sha256.prefix(12))…" }
      throw TrainingError(
        "`\(table)` is not the table that the run was trained on\(digests ?? "")",
        hints: ["put the former table back", anew])
    }
    guard values == now.values else {
      throw TrainingError(
        "the spec is not that of `\(path)`: it says \(change(to: now))",
        hints: ["take the change back", anew])
    }
    guard rows == now.rows else {
      throw TrainingError(
        "the rows of `\(table)` are not those that the run was trained on",
        hints: ["put the former table back", anew])
    }
  }

  /// The first value that is another now.
  private func change(to now: RunIdentity) -> String {
    let (before, after) = (Set(values), Set(now.values))
    let gone = values.first { !after.contains($0) }
    let new = now.values.first { !before.contains($0) }
    return switch (new, gone) {
    case (let new?, let gone?): "`\(new)` where there was `\(gone)`"
    case (let new?, nil): "`\(new)`, which was not there"
    case (nil, let gone?): "nothing of `\(gone)` any more"
    case (nil, nil): "the same in another order"
    }
  }
}
