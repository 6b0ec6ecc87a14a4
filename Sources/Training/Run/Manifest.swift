public import Tables

/// What has to be known to use a run again: versions, sizes and origin, without any clock.
public struct Manifest: Sendable, Codable, Hashable {
  /// The version of the run folder's format that is written and read.
  public static let currentFormat = 1

  /// The data a run was trained on.
  public struct Source: Sendable, Codable, Hashable {
    /// As the spec names it.
    public var path: String
    public var rows: Int
    public var columns: Int
    /// The file that names it, as it was opened; nil where the command line named the data, and
    /// in runs of earlier versions.
    public var spec: String?
    /// What tells whether the rows are the same; nil in runs of earlier versions.
    public var fingerprint: String?
    /// Size and SHA-256 of the table's file and of that of its labels; nil for a table that came
    /// from memory, and in runs of earlier versions.
    public var files: [FileDigest]?
  }

  /// The spec a run was trained by.
  public struct SpecDigests: Sendable, Codable, Hashable {
    /// SHA-256 of the spec as its author wrote it.
    public var sha256: String
    /// SHA-256 of the spec with every value decided.
    public var resolved: String

    private enum CodingKeys: String, CodingKey {
      case sha256
      case resolved = "resolved_sha256"
    }
  }

  /// How many rows each part has.
  public struct Rows: Sendable, Codable, Hashable {
    public var train: Int
    public var validation: Int
    public var test: Int
  }

  public var format: Int
  /// The version of the program that wrote the run.
  public var version: String
  public var name: String
  /// The command that made the run; nil if a program did.
  public var command: String?
  public var seed: UInt64
  /// How many threads were asked for; nil where the fastest number was found.
  public var threads: Int?
  public var instructionSet: String
  /// nil in runs of earlier versions.
  public var spec: SpecDigests?
  public var data: Source
  public var rows: Rows
  public var task: String
  public var target: [String]
  /// The names of the classes in the order of the outputs; nil for numbers.
  public var classes: [String]?
  /// The sizes of one example as the network takes it.
  public var inputShape: [Int]
  public var inputNames: [String]
  public var outputs: Int
  public var parameters: Int
  /// Cells that stand for a missing value, as in the training table.
  public var missing: [String]

  private enum CodingKeys: String, CodingKey {
    case format, version, name, command, seed, threads, spec, data, rows, task, target, classes
    case outputs, parameters, missing
    case instructionSet = "instruction_set"
    case inputShape = "input_shape"
    case inputNames = "input_names"
  }
}
