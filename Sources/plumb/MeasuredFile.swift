#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import SpecCompiler
import SpecSyntax
import Tables
import Training

/// What was measured for the specs of a folder, in `.plumb/measured.jsonl` beside them.
///
/// A line is a JSON object: a piece of advice on a spec with its table, and the verdict. It holds
/// while the spec's effective values, the bytes of the table, the edit and the program's version
/// are the same. The file can be deleted: then nothing is known until it is measured again.
struct MeasuredFile {
  static let name = ".plumb/measured.jsonl"
  private static let format = 1
  private static let maximumBytes = 4 << 20
  private static let maximumEntries = 500

  let path: String

  /// The file beside a spec; nil for standard input, and where a link leads elsewhere.
  init?(beside spec: String) {
    guard spec != "-" else { return nil }
    let folder = spec.lastIndex(of: "/").map { String(spec[...$0]) } ?? ""
    path = folder + Self.name
    let real = ProjectRoot.real(folder.isEmpty ? "." : folder)
    guard ProjectRoot.real(path) == "\(real)/\(Self.name)" else { return nil }
  }

  private struct Entry: Codable {
    var format: Int
    var version: String
    /// Digests of the resolved spec and of the table.
    var spec: String
    var data: String
    var code: String
    var edit: String
    var verdict: MeasuredVerdict

    func isOf(_ other: Entry) -> Bool {
      spec == other.spec && data == other.data && code == other.code && edit == other.edit
    }
  }

  /// The verdicts that hold for a spec as it was compiled, by code.
  func verdicts(for compilation: Compilation) -> [String: MeasuredVerdict] {
    let known = entries
    guard !known.isEmpty else { return [:] }
    let spec = Self.specDigest(compilation)
    let own = known.filter { $0.spec == spec }
    guard !own.isEmpty, let data = Self.dataDigest(compilation) else { return [:] }
    var verdicts: [String: MeasuredVerdict] = [:]
    for entry in own where entry.data == data {
      guard entry.edit == compilation.editWords(of: entry.code) else { continue }
      verdicts[entry.code] = entry.verdict
    }
    return verdicts
  }

  /// Keeps verdicts beside those of other specs and codes. One that says nothing yet does not
  /// replace one that does.
  func keep(_ items: [AdviceMeasurement.Item], for compilation: Compilation) throws {
    guard let data = Self.dataDigest(compilation) else { return }
    let spec = Self.specDigest(compilation)
    var kept = entries
    for item in items where item.verdict.pairs > 0 {
      let entry = Entry(
        format: Self.format, version: Plumb.version, spec: spec, data: data, code: item.code,
        edit: item.edit, verdict: item.verdict)
      let isWeaker = kept.contains { old in
        old.isOf(entry) && old.verdict.finding != .notEnough && item.verdict.finding == .notEnough
          && old.verdict.margin == item.verdict.margin
      }
      guard !isWeaker else { continue }
      kept = kept.filter { !$0.isOf(entry) } + [entry]
    }
    let lines = try kept.suffix(Self.maximumEntries).map { try Console.jsonText($0) + "\n" }
    guard !lines.isEmpty else { return }
    try writeWhole(lines.joined(), to: path)
  }

  /// What the file holds of this version; lines that are something else are left out.
  private var entries: [Entry] {
    guard FilePath.isThere(path),
      let bytes = try? readFile(at: path, maximumBytes: Self.maximumBytes)
    else { return [] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let entry = try? decoder.decode(Entry.self, from: Data(line)),
        entry.format == Self.format, entry.version == Plumb.version
      else { return nil }
      return entry
    }
  }

  private static func specDigest(_ compilation: Compilation) -> String {
    sha256(Array((compilation.resolution?.text ?? "").utf8))
  }

  /// Of the table's file, and of its labels; nil where they cannot be read.
  private static func dataDigest(_ compilation: Compilation) -> String? {
    guard let data = compilation.spec?.data, compilation.profile != nil else { return nil }
    let digests = ([data.source] + (data.labels.map { [$0] } ?? [])).map { path in
      try? FileDigest(
        of: FilePath.resolve(path, from: compilation.dataOrigin),
        maximumBytes: TableOptions.greatestBytes)
    }
    guard digests.allSatisfy({ $0 != nil }) else { return nil }
    return digests.compactMap { $0?.sha256 }.joined(separator: " ")
  }
}

extension Compilation {
  /// What the edits of a code write here, in words.
  func editWords(of code: String) -> String {
    var words: [String] = []
    for finding in diagnostics where finding.code.code == code && finding.canBeApplied {
      if !words.contains(finding.editWords) { words.append(finding.editWords) }
    }
    return words.joined(separator: ", ")
  }
}
