/// What a check of some files found, ready to be written in any format.
public struct Report: Sendable {
  /// In the order in which they are reported.
  public var files: [FileFindings]
  /// The version of the program.
  public var version: String
  /// Whether formats that can tell suppressed findings apart contain them.
  public var showsSuppressed = false
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
    /// What a comment or a baseline keeps from being reported.
    public var suppressed: [SuppressedFinding]
    /// All this for people, without colours, where somebody has written it already.
    public var text: String?

    public init(
      path: String, diagnostics: [Diagnostic], sources: [SourceText], checked: String = "",
      notChecked: [String] = [], suppressed: [SuppressedFinding] = []
    ) {
      self.path = path
      self.diagnostics = diagnostics
      self.sources = sources
      self.checked = checked
      self.notChecked = notChecked
      self.suppressed = suppressed
    }
  }

  /// A finding with the file it is about.
  struct Finding {
    let file: FileFindings
    let diagnostic: Diagnostic
    let inProject: @Sendable (String) -> String
    /// What keeps it back; nil for a finding that is reported.
    var suppression: SuppressedFinding?

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

  /// The findings that are kept back, where they are shown at all.
  var suppressedFindings: [Finding] {
    guard showsSuppressed else { return [] }
    return files.flatMap { file in
      file.suppressed.map {
        Finding(
          file: file, diagnostic: $0.diagnostic, inProject: inProject, suppression: $0)
      }
    }
  }

  /// How many findings are kept back.
  public var suppressedCount: Int { files.reduce(0) { $0 + $1.suppressed.count } }

  /// How many findings there are of a level.
  public func count(_ level: Level) -> Int {
    files.reduce(0) { $0 + $1.diagnostics.count { $0.level == level } }
  }

  /// Whether nothing was found.
  public var isEmpty: Bool { files.allSatisfy { $0.diagnostics.isEmpty } }

  /// The kinds of finding that occur, by code.
  var codes: [DiagnosticCode] {
    Set((findings + suppressedFindings).map(\.diagnostic.code)).sorted { $0.code < $1.code }
  }
}
