import Foundation
import SpecSyntax
import Tables
import TestSupport
import Testing

@testable import SpecCompiler

/// A public table of the shared collection, as it is recorded there.
struct SharedTable: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var file: String
  var labels_file: String?
  var target_index: Int?
  var columns_to_leave_out: [String]?

  var testDescription: String { name }

  static let all: [SharedTable] = {
    struct Collection: Decodable { var datasets: [SharedTable] }
    guard let folder = Repository.shared,
      let bytes = FileManager.default.contents(atPath: "\(folder)/data/datasets.json"),
      let collection = try? JSONDecoder().decode(Collection.self, from: bytes)
    else { return [] }
    return collection.datasets
  }()
}

@Suite("starter specs of public tables")
struct SharedStarterTests {
  /// What is left out of each table, where anything is.
  static let ignored: [String: Set<String>] = [
    "penguins_raw": ["Sample Number", "Region", "Stage", "Individual ID", "Comments"],
    "ai4i2020": ["UDI", "ProductID", "TWF", "HDF", "PWF", "OSF"],
    "gapminder_decimal_comma": ["iso_alpha"],
    "castle_solutions": ["Why did you choose your troop deployment?"],
    "pd_speech": ["rownames"],
    "nyc_taxis": ["total"],
  ]

  @Test("compile without errors and warnings, in few lines", arguments: SharedTable.all)
  func clean(_ item: SharedTable) throws {
    let folder = try #require(Repository.shared) + "/data/"
    let table = try readTable(
      at: folder + item.file, labels: item.labels_file.map { folder + $0 })
    let target = item.target_index.map { [table.columns[$0].name] } ?? []
    let starter = StarterSpec(
      table: table, path: item.file, target: target, labels: item.labels_file)
    #expect(starter.problems.isEmpty)
    let result = compile(
      SourceText(name: "starter.yaml", text: starter.text),
      in: Environment(
        loadText: { _, _ in .refused("no bases here") }, loadTable: { _ in .table(table) }))
    #expect(result.problems.isEmpty, "\(result.diagnostics.map(\.message))")
    #expect(result.resolution?.open.isEmpty == true)
    let lines = starter.text.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.count { !$0.hasPrefix("#") } <= 26, "\(starter.text)")
    let ignored = Set(result.spec?.data.ignore ?? [])
    #expect(ignored == Self.ignored[item.name] ?? [])
    #expect(starter.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }
}
