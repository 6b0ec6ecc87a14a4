internal import SpecCompiler
public import SpecSyntax

/// Findings that a project knows and does not want to see again: so many of a kind at a place in
/// the structure of a spec. No line numbers, so that edits elsewhere leave it valid.
public struct Baseline: Sendable {
  /// What is counted.
  public struct Entry: Hashable, Sendable {
    /// Relative to the baseline's folder.
    public var file: String
    /// The code of the finding.
    public var rule: String
    /// The place in the spec, as messages for other programs have it.
    public var path: String

    public init(file: String, rule: String, path: String) {
      self.file = file
      self.rule = rule
      self.path = path
    }
  }

  /// The folder that files are relative to, absolute.
  public let folder: String
  public private(set) var counts: [Entry: Int] = [:]
  /// The entries of each file, so that a spec asks only for its own.
  private var byFile: [String: [Entry]] = [:]

  public init(folder: String) { self.folder = folder }

  /// Counts a finding; syntax errors do not count.
  ///
  /// - Returns: whether it was taken.
  @discardableResult
  public mutating func add(_ finding: Diagnostic, in path: String) -> Bool {
    guard !finding.code.isSyntaxError else { return false }
    add(entry(finding, file: file(path)), count: 1)
    return true
  }

  mutating func add(_ entry: Entry, count: Int) {
    if counts[entry] == nil { byFile[entry.file, default: []].append(entry) }
    counts[entry, default: 0] += count
  }

  /// Takes the findings that are counted here out of those of the file at an absolute path.
  public func take(
    _ findings: inout [Diagnostic], suppressing suppressed: inout [SuppressedFinding],
    path: String
  ) {
    let file = file(path)
    guard let entries = byFile[file] else { return }
    var rest = Dictionary(
      entries.map { ($0, counts[$0] ?? 0) }, uniquingKeysWith: { first, _ in first })
    var kept: [Diagnostic] = []
    for finding in findings {
      let entry = entry(finding, file: file)
      if !finding.code.isSyntaxError, let count = rest[entry], count > 0 {
        rest[entry] = count - 1
        suppressed.append(SuppressedFinding(finding, .external))
      } else {
        kept.append(finding)
      }
    }
    findings = kept
  }

  /// How many counted findings of a file were not found again.
  ///
  /// Only meaningful where the spec was checked whole.
  public func missing(from suppressed: [SuppressedFinding], path: String) -> Int {
    let known = (byFile[file(path)] ?? []).reduce(0) { $0 + (counts[$1] ?? 0) }
    return known - suppressed.count { $0.kind == .external }
  }

  /// The files of the baseline that are no longer there.
  public var lostFiles: [String] {
    byFile.keys.filter { !PathNames.exists(PathNames.absolute($0, in: folder)) }.sorted()
  }

  private func file(_ path: String) -> String { PathNames.relative(path, to: folder) }

  private func entry(_ finding: Diagnostic, file: String) -> Entry {
    Entry(file: file, rule: finding.code.code, path: finding.path.description)
  }
}
