import SpecSyntax
import Testing

@testable import SpecCompiler

/// Specs that are made to be slow; `Benchmarks/untrusted` times more of them.
private struct HostileSpec: CustomTestStringConvertible {
  var name: String
  var text: String
  var testDescription: String { name }

  private static let head = "plumb: 1\ndata: {source: t.csv, target: y}\n"

  static let all: [HostileSpec] = [
    HostileSpec("unknown keys", head + "training:\n", 20_000) { "  learning_rat\($0): 1\n" },
    HostileSpec("unknown sections", "plumb: 1\n", 20_000) { "k\($0): 1\n" },
    HostileSpec(
      "unknown columns", "plumb: 1\ndata:\n  source: t.csv\n  target: y\n  features:\n", 20_000
    ) { "    - c\($0)\n" },
    HostileSpec(
      "unknown targets", "plumb: 1\ndata:\n  source: t.csv\n  target:\n", 20_000
    ) { "    - c\($0)\n" },
    HostileSpec("unknown metrics", head + "training:\n  metrics:\n", 20_000) { "    - acc\($0)\n" },
    HostileSpec("unknown classes", head + "training:\n  class_weights:\n", 20_000) {
      "    c\($0): 1\n"
    },
    HostileSpec("unknown operations", head + "model:\n  layers:\n", 15_000) {
      "    - dens\($0): 8\n"
    },
    HostileSpec("repeated keys", "plumb: 1\n", 20_000) { _ in "a: 1\n" },
  ]

  private init(_ name: String, _ head: String, _ count: Int, _ line: (Int) -> String) {
    self.name = name
    text = head + (0..<count).map(line).joined()
  }
}

@Suite("specs that are made to be slow")
struct UntrustedSpecTests {
  private static let table = "a,b,y\n" + (0..<40).map { "\($0),\($0 % 7),\($0 % 2)\n" }.joined()

  @Test("have a bounded number of located findings, of which one says that there are more",
    arguments: HostileSpec.all)
  fileprivate func bounded(spec: HostileSpec) {
    let result = compile(spec.text, table: Self.table)
    #expect(result.diagnostics.count == DiagnosticLog.limit + 1)
    #expect(result.diagnostics.count { $0.code.code == "Y059" } == 1)
    #expect(result.diagnostics.allSatisfy { $0.primary.range.source >= 0 })
    #expect(!result.notChecked.isEmpty)
  }

  @Test("are not compared with every name there is")
  func suggestions() {
    let result = compile(HostileSpec.all[0].text, table: Self.table)
    let suggested = result.diagnostics.filter { $0.helps.contains { $0.fix != nil } }
    #expect((1...100).contains(suggested.count))
  }

  @Test("too many layers end the check with one finding")
  func layers() {
    let many = String(repeating: "    - dense: 8\n", count: 5_000)
    let result = compile(
      "plumb: 1\ndata: {source: t.csv, target: y}\nmodel:\n  layers:\n" + many, table: Self.table)
    #expect(result.diagnostics.map(\.code.code) == ["K103"])
    #expect(result.graph == nil && !result.notChecked.isEmpty)
  }
}
