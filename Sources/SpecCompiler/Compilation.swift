public import NetworkGraph
public import SpecSyntax
public import Tables
internal import Tensors

/// What became of a spec: every stage as far as it got, and all that was found.
public struct Compilation: Sendable {
  /// The spec, its bases, overrides and the header of the table; ranges refer to these.
  public var sources: [SourceText]
  /// The spec as written, with its bases and overrides.
  public var tree: SyntaxTree?
  /// The spec with every open value decided, as far as the table allows.
  public var spec: Spec?
  var resolver: Resolver?
  /// With its rows; nil where only its facts were needed.
  public var table: Table?
  public var profile: DataProfile?
  /// The file of the profile that stood in for the table, if one did.
  public var profileFile: String?
  /// Height and width of the images, for a table made of images.
  public var imageShape: [Int]?
  /// What became of each column.
  public var features: FeatureChoice?
  public var graph: Graph?
  public var summary: Summary?
  /// What the rules were asked with.
  public var facts: Facts?
  /// What the project says to the rules.
  public var settings = RuleSettings.standard
  /// By position.
  public var diagnostics: [Diagnostic]
  /// What the command line set.
  var overridden: [SpecPath] = []
  /// Findings that a comment or a baseline keeps from being reported.
  public var suppressed: [SuppressedFinding] = []
  /// What could not be checked, and why.
  public var notChecked: [String]

  /// Whether the spec cannot work: an error was found, whether it is reported or suppressed.
  ///
  /// A rule that a project raises to an error says nothing about that.
  public internal(set) var hasErrors = false

  /// How many findings there are of a level.
  public func count(_ level: Level) -> Int { diagnostics.count { $0.level == level } }

  /// The name of the model: as written, or the file's name without folder and ending.
  public var name: String {
    if let name = spec?.name { return name }
    let file = sources[0].name.split(separator: "/").last.map(String.init) ?? "model"
    let stem = file.split(separator: ".").first.map(String.init) ?? file
    return stem.isEmpty ? "model" : stem
  }

  /// How many numbers an example gives to the network; nil where there is none.
  public var inputCount: Int? { graph?.inputShape.count }

  /// How many values of the spec were checked, those among them that it leaves to their defaults.
  public var valueCount: Int { resolver?.reading.values.count ?? 0 }

  /// Every effective value and where it came from; it is made anew each time.
  public var resolution: Resolution? {
    guard var resolver, let spec else { return nil }
    resolver.put(name: name)
    if let features, imageShape == nil { resolver.put(features) }
    if let layout = layout(for: spec) { resolver.put(sizesOf: layout) }
    resolver.putInitializers()
    return Resolution(resolver.readAgain(), decided: resolver.decided)
  }

  /// The same without what follows from these values and the table: columns, sizes of embeddings,
  /// initialisers. Two specs that agree here on one table are the same spec.
  public var decisions: Resolution? {
    resolver.map { Resolution($0.readAgain(), decided: $0.decided) }
  }

  /// The name of the file in which the path of the table stands.
  public var dataOrigin: String {
    guard let range = tree?.root.at("data.source")?.range else { return sources[0].name }
    return sources[range.source].name
  }

  /// The rules' document: the spec's own text, into which fixes are edited.
  public var document: RuleDocument? {
    tree.map {
      var document = RuleDocument(source: sources[0], tree: $0)
      document.overridden = overridden
      return document
    }
  }
}
