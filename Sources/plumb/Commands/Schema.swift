import ArgumentParser
import SpecCompiler
import SpecSyntax

/// Prints the JSON Schema of the language.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of the spec language, for editors and validators.",
    discussion: """
      Draft 7. Save it beside your specs and name it in their first line: \
      `# yaml-language-server: $schema=plumb.schema.json`. What depends on the table, on shapes \
      or on two keys together, only `plumb lint` can see.
      """)

  func run() {
    Console.print(LanguageSchema.json.text())
  }
}
