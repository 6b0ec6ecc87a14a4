import Foundation
import Synchronization
import SpecCompiler
import SpecSyntax
import Tables
import Training

@testable import Serving

/// The repository that this package is in.
enum Repository {
  static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(4).joined(separator: "/")
  }()

  static func temporaryFolder() throws -> String {
    let folder = NSTemporaryDirectory() + "plumb-serve-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }
}

/// A run that all tests share.
enum Trained {
  /// Classes from a number, a category, a boolean and a date; unknown categories count as such.
  static let mixed = run("classes", "data: {source: t.csv, target: place, ignore: [id]}")
  /// The same, where unknown categories are refused.
  static let refusing = run(
    "refusing",
    "data: {source: t.csv, target: place, ignore: [id], category: {unknown: error}}")
  /// A number with quantiles.
  static let quantiles = run(
    "quantiles", "data: {source: t.csv, target: size, ignore: [id]}",
    training: "loss: {quantile: [0.1, 0.5, 0.9]}, ")

  static let table: String = {
    let rows = (0..<120).map { row in
      let day = row % 28 + 1
      return "id\(row),\(Double(row % 13) / 2),\(["red", "green", "\"a \"\"b\"\", c\""][row % 3]),"
        + "\(["yes", "no"][row / 2 % 2]),\(2001 + row % 9)-03-\(day < 10 ? "0" : "")\(day),"
        + "\(["in", "out"][row / 3 % 2])"
    }
    return (["id,size,colour,new,day,place"] + rows).joined(separator: "\n") + "\n"
  }()

  private static func run(_ name: String, _ data: String, training: String = "") -> String {
    let folder = (try? Repository.temporaryFolder()) ?? ""
    let text = """
      plumb: 1
      \(data)
      model: {hidden_layers: [8]}
      training: {\(training)epochs: 2}
      """
    let compilation = compile(
      SourceText(name: "\(name).yaml", text: text),
      in: Environment(
        loadText: { _, _ in .refused("there are no bases here") },
        loadTable: { request in
          do throws(TableError) {
            return .table(
              try readTable(
                bytes: Array(table.utf8), name: request.path, options: request.options))
          } catch {
            return .refused(error)
          }
        }))
    precondition(!compilation.hasErrors, "\(compilation.diagnostics.map(\.message))")
    do {
      _ = try train(compilation, at: .folder("\(folder)/run"), version: "test")
    } catch {
      preconditionFailure("\(error)")
    }
    return "\(folder)/run"
  }
}

/// Starts a server, tells its port, and stops it.
func withServer<Value>(
  _ settings: ServerSettings, _ body: (HTTPServer) throws -> Value
) throws -> Value {
  let server = try HTTPServer.start(settings)
  defer { server.stop() }
  return try body(server)
}

extension ServerSettings {
  /// Settings for tests: short times, and what is changed.
  static func test(
    _ run: String = Trained.mixed, _ change: (inout ServerSettings) -> Void = { _ in }
  ) -> ServerSettings {
    var settings = ServerSettings(
      version: "test", run: run, threads: 2, timeoutSeconds: 10, idleSeconds: 10, graceSeconds: 5)
    change(&settings)
    return settings
  }
}
