/// What a check of some files found, ready to be written in any format.
public struct Report: Sendable {
  /// In the order in which they are reported.
  public var files: [FileFindings]
  /// The version of the program.
  public var version: String
  /// A path as a build server knows it: relative to the folder that was checked out.
  var inProject: @Sendable (String) -> String

  public init(
    _ files: [FileFindings], version: String,
    inProject: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.files = files
    self.version = version
    self.inProject = inProject
  }

  /// What was found in one file.
  public struct FileFindings: Sendable {
    /// The path as the user named it, or as it was found.
    public var path: String
    /// By position.
    public var diagnostics: [Diagnostic]
    /// The spec, its bases and the header of its table; ranges refer to these.
    public var sources: [SourceText]
    /// What was checked, in words.
    public var checked: String
    /// What could not be checked, and why.
    public var notChecked: [String]

    public init(
      path: String, diagnostics: [Diagnostic], sources: [SourceText], checked: String = "",
      notChecked: [String] = []
    ) {
      self.path = path
      self.diagnostics = diagnostics
      self.sources = sources
      self.checked = checked
      self.notChecked = notChecked
    }
  }

  /// A finding with the file it is about.
  struct Finding {
    let file: FileFindings
    let diagnostic: Diagnostic
    let inProject: @Sendable (String) -> String

    /// The path of the text in which a range lies.
    func path(of range: SourceRange) -> String {
      range.source == 0 ? file.path : file.sources[range.source].name
    }

    /// That path for a build server: relative, without `./` in front.
    func projectPath(of range: SourceRange) -> String {
      var rest = inProject(path(of: range))[...]
      while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
      return String(rest)
    }

    /// Where the primary label begins and ends.
    var place: (start: SourceText.Position, end: SourceText.Position) {
      let range = diagnostic.primary.range
      let source = file.sources[range.source]
      return (source.position(of: range.lower), source.position(of: range.upper))
    }
  }

  /// All findings, file after file.
  var findings: [Finding] { files.flatMap { findings(of: $0) } }

  /// The findings of one file.
  func findings(of file: FileFindings) -> [Finding] {
    file.diagnostics.map { Finding(file: file, diagnostic: $0, inProject: inProject) }
  }

  /// How many findings there are of a level.
  public func count(_ level: Level) -> Int {
    files.reduce(0) { $0 + $1.diagnostics.count { $0.level == level } }
  }

  /// Whether nothing was found.
  public var isEmpty: Bool { files.allSatisfy { $0.diagnostics.isEmpty } }

  /// The kinds of finding that occur, by code.
  var codes: [DiagnosticCode] {
    Set(findings.map(\.diagnostic.code)).sorted { $0.code < $1.code }
  }
}
