import Foundation
import NetworkGraph
import SpecSyntax
import Testing

@Suite("Lists")
struct ListTests {
  /// Each family's folder and the types in its list.
  static let families: [(folder: String, types: [String])] = [
    ("Ops", Ops.all.map { "\($0)" }), ("Losses", Losses.all.map { "\($0)" }),
    ("Optimizers", Optimizers.all.map { "\($0)" }), ("Schedules", Schedules.all.map { "\($0)" }),
    ("Initializers", Initializers.all.map { "\($0)" }),
  ]

  @Test("every file of a family is in its list", arguments: families)
  func files(folder: String, types: [String]) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "Sources/NetworkGraph/\(folder)").path()
    let files = try FileManager.default.contentsOfDirectory(atPath: path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }
    #expect(Set(files) == Set(types))
  }

  @Test("names of a family are in snake case and differ")
  func names() {
    for variants in [
      Ops.variants.map(\.name), Losses.variants.map(\.name), Optimizers.variants.map(\.name),
      Schedules.variants.map(\.name), Initializers.variants.map(\.name),
    ] {
      #expect(Set(variants).count == variants.count)
      for name in variants {
        #expect(name.allSatisfy { $0 == "_" || $0.isLowercase || $0.isNumber })
      }
    }
  }

  @Test("codes are of the group G, differ, and are explained")
  func codes() {
    let codes = DiagnosticCode.networkCodes
    #expect(Set(codes.map(\.code)).count == codes.count)
    #expect(codes.allSatisfy { $0.code.hasPrefix("G1") && $0.explanation.hasSuffix(".") })
  }
}
