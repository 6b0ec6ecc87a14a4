/// A finding as other programs read it: plain values, positions resolved.
public struct FindingReport: Sendable, Encodable {
  public struct Position: Sendable, Encodable {
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars.
    public var column: Int
    /// From 0, in bytes of the file.
    public var byte: Int
  }

  public struct Range: Sendable, Encodable {
    public var start: Position
    public var end: Position
  }

  public struct LabelReport: Sendable, Encodable {
    public var file: String
    public var range: Range
    public var text: String
  }

  public struct EditReport: Sendable, Encodable {
    public var file: String
    public var range: Range
    public var replacement: String
  }

  public struct HelpReport: Sendable, Encodable {
    public var text: String
    public var applicability: String?
    public var edits: [EditReport]
  }

  public var code: String
  public var name: String
  public var level: String
  public var message: String
  public var file: String
  /// The place in the spec's structure: `training.batch_size`.
  public var path: String
  public var range: Range
  public var labels: [LabelReport]
  public var notes: [String]
  public var helps: [HelpReport]

  public init(_ diagnostic: Diagnostic, in sources: [SourceText]) {
    code = diagnostic.code.code
    name = diagnostic.code.name
    level = diagnostic.level.rawValue
    message = diagnostic.message
    file = sources[diagnostic.primary.range.source].name
    path = diagnostic.path.description
    range = Self.range(diagnostic.primary.range, sources)
    labels = diagnostic.secondary.map {
      LabelReport(
        file: sources[$0.range.source].name, range: Self.range($0.range, sources), text: $0.text)
    }
    notes = diagnostic.notes
    helps = diagnostic.helps.map { help in
      HelpReport(
        text: help.text, applicability: help.fix?.applicability.rawValue,
        edits: help.fix?.edits.map {
          EditReport(
            file: sources[$0.range.source].name, range: Self.range($0.range, sources),
            replacement: $0.replacement)
        } ?? [])
    }
  }

  private static func range(_ range: SourceRange, _ sources: [SourceText]) -> Range {
    let source = sources[range.source]
    func position(_ offset: Int) -> Position {
      let place = source.position(of: offset)
      return Position(line: place.line, column: place.column, byte: place.byte)
    }
    return Range(start: position(range.lower), end: position(range.upper))
  }
}
