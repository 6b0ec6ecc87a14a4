import SpecCompiler
import SpecSyntax
import Tables
import TestSupport

@testable import Training

/// A spec compiled with the tables of the examples at hand.
func compiled(_ text: String, name: String = "test.yaml") -> Compilation {
  compile(
    SourceText(name: name, text: text),
    in: Environment(
      loadText: { _, _ in .refused("there are no bases here") },
      loadTable: { request in
        do throws(TableError) {
          return .table(
            try readTable(
              at: Repository.path("specs/examples/\(request.path)"), options: request.options))
        } catch {
          return .refused(error)
        }
      }))
}

/// A short training on iris; `training` holds further lines of that section.
func irisSpec(_ training: String = "epochs: 3", model: String = "hidden_layers: [8]") -> String {
  """
  plumb: 1
  data: {source: iris.csv, target: species}
  model: {\(model)}
  training: {\(training)}
  """
}

/// Trains a spec into a folder of its own, which is returned.
func trained(_ text: String) throws -> (run: String, result: RunResult) {
  let folder = try Repository.temporaryFolder() + "/run"
  let result = try train(compiled(text), at: .folder(folder), version: "test")
  return (folder, result)
}
