import SpecCompiler
import SpecSyntax

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What those who work on a study need of its spec, as `plumb tune` leaves it in the store.
struct SharedSpec {
  /// Where the spec lies, from which its own paths start.
  var path: String
  var text: String
  /// What the command line set, as `key=value`.
  var overrides: [String]

  /// Findings whose alternatives are searched.
  var codes: [String]

  /// A character that no value has, whatever its lines are.
  private static let separator = "\u{1E}"

  init(_ source: SourceText, _ overrides: [Override], over codes: [String]) {
    let isAbsolute = source.name.hasPrefix("/")
    path = isAbsolute ? source.name : "\(FileManager.default.currentDirectoryPath)/\(source.name)"
    text = source.text(0..<source.bytes.count)
    self.overrides = overrides.map(\.text)
    self.codes = codes
  }

  /// Reads what `texts` gives; nil of a study that another program began.
  init?(_ texts: [String: String]) {
    guard let path = texts["spec"], let text = texts["text"], let lines = texts["overrides"] else {
      return nil
    }
    (self.path, self.text) = (path, text)
    overrides = lines.split(separator: Self.separator).map(String.init)
    codes = (texts["over"] ?? "").split(separator: Self.separator).map(String.init)
  }

  /// What the store keeps, by name.
  var texts: [String: String] {
    [
      "spec": path, "text": text, "overrides": overrides.joined(separator: Self.separator),
      "over": codes.joined(separator: Self.separator),
    ]
  }
}
