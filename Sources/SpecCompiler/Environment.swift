public import SpecSyntax
public import Tables

/// How a compilation reaches files; everything else in it is a pure function.
public struct Environment: Sendable {
  /// Loads the base of a spec.
  public var loadText: TextLoader
  /// Reads the table that a spec names.
  public var loadTable: @Sendable (TableRequest) -> LoadedTable

  /// The digest of the file of a table, by which a changed table is noticed; nil where it is not
  /// looked at.
  public var digest: @Sendable (TableRequest) -> FileDigest?
  /// Whether a profile may stand in for a table; training needs the table.
  public var takesProfiles: Bool

  public init(
    loadText: @escaping TextLoader,
    loadTable: @escaping @Sendable (TableRequest) -> LoadedTable,
    digest: @escaping @Sendable (TableRequest) -> FileDigest? = { _ in nil },
    takesProfiles: Bool = true
  ) {
    self.loadText = loadText
    self.loadTable = loadTable
    self.digest = digest
    self.takesProfiles = takesProfiles
  }

  /// No files at all: what needs them is not checked.
  public static let none = Environment(
    loadText: { _, _ in .refused("files are not read here") },
    loadTable: { _ in .skipped("no table is read here") })
}

/// A table as a spec asks for it.
public struct TableRequest: Sendable, Hashable {
  /// The path as written.
  public var path: String
  /// The path of the label file as written, for images.
  public var labels: String?
  /// The name of the file in which the path stands; the path is relative to it.
  public var from: String
  public var options: TableOptions
  /// The one target column, of which facts say what others tell of it.
  public var target: String?
}

/// What became of reading a table.
public enum LoadedTable: Sendable {
  /// With its rows, as training needs them.
  case table(Table)
  /// The same of a table that was read before: its facts need not be found again.
  case known(Table, TableFacts)
  /// Without its rows.
  case facts(TableFacts)
  case refused(TableError)
  /// It lies outside the folder in which the spec's paths must stay.
  case outside(root: String)
  /// Not tried, and why.
  case skipped(String)
}

/// A value given on the command line for one run: `training.batch_size=64`.
public struct Override: Sendable, Hashable {
  public var text: String
  /// Where it is known apart from the text, which a path with `=` in it does not tell.
  private var path: SpecPath?
  /// The option of the command line that gives it, which stands for a file's name in messages.
  public var option = "--set"

  public init(_ text: String) { self.text = text }
  public init(_ text: String, option: String) { (self.text, self.option) = (text, option) }

  /// A value, as YAML text, at a path.
  public init(_ path: SpecPath, _ value: String) {
    text = value
    self.path = path
  }

  /// The path and the value, if it has the form `path=value`.
  var parts: (path: SpecPath, value: String)? {
    if let path { return (path, text) }
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
    return (SpecPath(String(text[..<equals])), String(text[text.index(after: equals)...]))
  }
}
