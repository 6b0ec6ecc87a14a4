import ArgumentParser
import Linting
import SpecSyntax

/// What all commands that show findings take about the project.
struct ProjectOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "The configuration, in place of the nearest .plumb.yaml.", valueName: "file"))
  var configuration: String?

  @Flag(help: "Use no configuration.")
  var isolated = false

  @Flag(help: "Report what comments in specs suppress, too.")
  var noIgnoreComments = false

  func validate() throws {
    if configuration != nil, isolated {
      throw ValidationError("--config and --isolated exclude each other")
    }
  }

  /// Finds the configuration of each spec.
  var store: ConfigurationStore { Self.store(configuration, isolated: isolated) }

  static func store(_ file: String?, isolated: Bool) -> ConfigurationStore {
    ConfigurationStore(isolated ? .isolated : file.map { .file($0) } ?? .nearest)
  }

  /// What the project says about a spec.
  func settings(for spec: String) throws -> Settings {
    var store = store
    do throws(ConfigurationStore.Problem) {
      return try store.configuration(for: spec).settings(for: store.absolute(spec))
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  /// Mistakes of a configuration or baseline with their places, or why it cannot be read.
  init(_ problem: ConfigurationStore.Problem) {
    self.init(problem.message, hint: problem.hint)
    guard let source = problem.source, !problem.diagnostics.isEmpty else { return }
    findings = Findings(problem.diagnostics, [source]).text(isColoured: false)
  }
}
