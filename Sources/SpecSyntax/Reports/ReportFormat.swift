/// A way of writing a report for another program.
public struct ReportFormat: Sendable {
  /// The name on the command line: `sarif`.
  public let name: String
  /// Who reads it, in a few words.
  public let summary: String
  /// The whole text, with its last line end unless it is empty.
  public let render: @Sendable (Report) -> String

  /// All formats, in the order of the help.
  public static let all: [ReportFormat] = [
    .concise, .json, .jsonLines, .sarif, .github, .gitlab, .junit, .checkstyle, .azure,
  ]

  /// The format of a name.
  public static func named(_ name: String) -> ReportFormat? { all.first { $0.name == name } }
}
