import Foundation
import NetworkGraph
import TestSupport
import Testing

@testable import ModelExchange

@Suite("exports are read by what they are made for")
struct ExportTests {
  /// Operations that no format knows, each with the reason; users are told.
  static let notExportable: [String: String] = [:]

  @Test("every operation can be exported, or is named as one that cannot")
  func operations() {
    for type in Ops.all {
      let isExported = type is any ExportedOp.Type
      #expect(isExported != (Self.notExportable[type.name] != nil), "\(type.name)")
    }
  }

  @Test("the page shows the code that is compiled here")
  func example() {
    let code = Repository.text("Tests/ModelExchangeTests/ExportExample.swift")
    #expect(code.contains("func exported"))
    #expect(Repository.text("specs/export.md").contains("```swift\n\(code)```"))
  }

  @Test("ONNX Runtime predicts what the run does, and the checker finds nothing")
  func onnx() throws {
    try check("onnx", with: "onnxruntime")
  }

  @Test("the file of Python predicts what the run does")
  func pytorch() throws {
    try check("pytorch", with: "torch")
  }

  @Test("the safetensors package finds every tensor and text")
  func safetensors() throws {
    try check("safetensors", with: "safetensors")
  }

  /// Runs a reader over all cases.
  private func check(_ format: String, with module: String) throws {
    guard let python = Tool.python(importing: module) else { return }
    let folder = try ExportCases.all.get().folder
    let script = Repository.path("Tests/Readers/check_\(format).py")
    let line = "PYTHONDONTWRITEBYTECODE=1 \(python) '\(script)' '\(folder)/\(format)' 2>&1"
    defer { try? FileManager.default.removeItem(atPath: "\(folder)/\(format)") }
    let report = try Tool.shell(line, in: Repository.root).split(separator: "\n")
    let cases = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(format)")
    #expect(report.count == cases.count && cases.count > Ops.all.count, "\(report)")
    for line in report where !line.hasPrefix("ok") { Issue.record("\(line)") }
  }
}
