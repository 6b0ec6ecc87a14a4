import Foundation

/// One training job that every contender does: same rows, same network, same arithmetic.
///
/// It is read from `workloads/NAME.json`, which the peers' scripts read too; the spec that plumb
/// trains is `workloads/NAME.yaml`.
struct Workload: Decodable, Sendable {
  /// How the rows are kept.
  enum Layout: String, Decodable {
    /// A table of decimal numbers with the class in its last column.
    case csv
    /// Unsigned bytes, with the classes in a file of their own.
    case idx
  }

  /// What plumb is to reach.
  struct Goal: Decodable {
    /// `ordinary` for the best of the tools people use, or the name of a contender.
    var against: String
    var ratio: Double
  }

  /// The name on the command line: `w1`.
  let name: String
  /// In words: layers, batch, optimiser.
  let title: String
  let rows: Int
  /// Sizes of one example: `[30]`, or channels, height and width.
  let inputs: [Int]
  let classes: Int
  let layout: Layout
  /// The base name of the files with the rows; workloads may share them.
  let data: String
  let epochs: Int
  let goal: Goal
  /// The most seconds that a whole job of plumb may take, from process start to written run.
  let jobGoalSeconds: Double?

  /// All workloads of a folder, in the order of their names.
  static func all(in folder: URL) throws -> [Workload] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try decoder.decode(Workload.self, from: Data(contentsOf: $0)) }
  }
}
