import ArgumentParser
import Linting
import SpecCompiler
import SpecSyntax

/// Shows configurations.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows the settings that hold for a spec, and where each was made.",
    discussion: """
      Settings come from the nearest .plumb.yaml in the spec's folder or one above it, up to the \
      folder that holds .git; `plumb config show SPEC` prints them.
      """,
    subcommands: [Show.self])

  /// Prints the settings that hold for one spec.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Prints the settings that hold for a spec, each with its origin.")

    @Argument(help: "A spec, or a folder for the specs in it; they need not exist.")
    var path = "."

    @Option(
      name: .customLong("config"),
      help: ArgumentHelp(
        "The configuration, in place of the nearest .plumb.yaml.", valueName: "file"))
    var file: String?

    @Flag(help: "Use no configuration.")
    var isolated = false

    @Option(help: "How the settings are printed.")
    var format: OutputFormat = .text

    func validate() throws {
      if file != nil, isolated {
        throw ValidationError("--config and --isolated exclude each other")
      }
    }

    func run() throws {
      var store =
        isolated
        ? ConfigurationStore(.isolated) : ConfigurationStore(file.map { .file($0) } ?? .nearest)
      // A folder stands for a spec in it.
      let spec = FileSearch.isFolder(path) ? path + "/spec.yaml" : path
      let shown: SettingsText
      do throws(ConfigurationStore.Problem) {
        let configuration = try store.configuration(for: spec)
        shown = SettingsText(
          path: path, configuration: configuration,
          settings: configuration.settings(for: store.absolute(spec)),
          current: store.absolute("."))
      } catch {
        throw Failure(error)
      }
      switch format {
      case .text: Console.print(shown.text)
      case .json: Console.print(shown.json.text())
      }
    }
  }
}
