import NetworkGraph
import SpecSyntax
import Tables
import TestSupport
import Testing

@testable import SpecCompiler

private let tables = Shared<Table>()

extension Environment {
  /// The repository's files, each path relative to the file that names it.
  static let repository = Environment(
    loadText: { path, from in
      do throws(TableError) {
        let bytes = try readFile(at: place(path, from), maximumBytes: 1 << 20)
        return .text(SourceText(name: name(path, from), bytes: bytes))
      } catch {
        return .refused(error.message)
      }
    },
    loadTable: { request in
      guard !request.path.hasPrefix("../../../") else { return .outside(root: "plumb") }
      do throws(TableError) {
        let path = place(request.path, request.from)
        var table = try tables.value("\(path) \(request.options)") { () throws(TableError) in
          try readTable(at: path, options: request.options)
        }
        table.path = request.path
        return .table(table)
      } catch {
        return .refused(
          TableError(error.message, path: request.path, line: error.line, hint: error.hint))
      }
    })

  private static func name(_ path: String, _ from: String) -> String {
    from.split(separator: "/").dropLast().map { "\($0)/" }.joined() + path
  }

  private static func place(_ path: String, _ from: String) -> String {
    Repository.path(name(path, from))
  }
}

/// Compiles a spec of the repository.
func compileFile(_ path: String) throws -> Compilation {
  let bytes = try readFile(at: Repository.path(path), maximumBytes: 1 << 22)
  return compile(SourceText(name: path, bytes: bytes), in: .repository).applyingSuppressions()
}

@Suite("each kind of finding has a broken spec and its message")
struct ErrorCorpusTests {
  static let folder = "specs/errors"
  static let files = Repository.files(below: folder, ending: ".yaml").map {
    String($0.dropFirst(folder.count + 1).dropLast(5))
  }

  /// Kinds that a small file cannot show, and where they are tested instead.
  static let withoutFile: Set<String> = [
    // Limits on size and work, of which the tests of SpecSyntax make their inputs.
    "Y051", "Y052", "Y053", "Y054", "Y055", "Y056", "Y057", "Y058", "Y059", "Y108", "Y199",
    // What is wrong stands on the command line: the tests of overrides show it.
    "K123",
    // What is wrong stands in a configuration or baseline: the tests of Linting show it.
    "P911", "P912", "P913", "P914", "P915", "P921", "P922",
  ]

  @Test("every code has a file, and every file a code")
  func pairs() {
    let codes = Set(diagnosticCodes.map(\.code))
    #expect(codes.count == diagnosticCodes.count, "a code is used twice")
    #expect(Set(diagnosticCodes.map(\.name)).count == codes.count, "a name is used twice")
    #expect(codes.subtracting(Self.files).subtracting(Self.withoutFile).sorted() == [])
    #expect(Set(Self.files).subtracting(codes).sorted() == [])
    #expect(Set(Self.files).isDisjoint(with: Self.withoutFile))
  }

  @Test("the broken spec earns that finding and no other", arguments: files)
  func finding(code: String) throws {
    let result = try compileFile("\(Self.folder)/\(code).yaml")
    let found = result.diagnostics.filter { $0.level > .advice || $0.code.code == code }
    #expect(found.map(\.code.code) == [code])
    for finding in found {
      #expect(!finding.helps.isEmpty, "\(code) says no way out")
      let source = result.sources[finding.primary.range.source]
      #expect(finding.primary.range.upper <= source.bytes.count)
    }
    let text = found.map { render($0, in: result.sources) }.joined(separator: "\n")
    #expect(Golden.matches(text + "\n", "\(Self.folder)/\(code).txt"))
  }

  @Test("every code and rule can be explained")
  func explained() {
    for name in explainableNames { #expect(explanation(of: name) != nil, "\(name)") }
    for code in diagnosticCodes {
      #expect(!code.title.isEmpty && code.explanation.count > 20, "\(code.code)")
    }
  }
}

@Suite("the examples")
struct ExampleTests {
  static let files = Repository.files(below: "specs/examples", ending: ".yaml")

  @Test("compile without an error or warning and leave nothing open", arguments: files)
  func clean(file: String) throws {
    let result = try compileFile(file)
    #expect(result.diagnostics.filter { $0.level > .advice }.map(\.message) == [])
    #expect(result.resolution?.open == [])
    #expect(result.graph != nil)
    #expect(result.notChecked == [])
  }

  @Test("begin with a comment that says what they show", arguments: files)
  func comment(file: String) {
    #expect(Repository.text(file).hasPrefix("# "))
  }
}
