public import NetworkGraph
public import SpecSyntax

/// What is different between two specs, or the runs of two: values, layers, cost, findings,
/// metrics.
public struct SpecDifference: Sendable {
  /// One of the two that are compared.
  public struct Side: Sendable {
    /// As the user named it.
    public var name: String
    /// Every value with its origin.
    public var values: [Resolution.Value]
    /// Nil where the network could not be built.
    public var summary: Summary?
    public var findings: [Diagnostic]
    /// The texts that the findings point at.
    public var sources: [SourceText]
    /// What a run reached on the rows that judged it; empty for a spec.
    public var metrics: [String: Double]

    public init(
      name: String, values: [Resolution.Value], summary: Summary?, findings: [Diagnostic],
      sources: [SourceText], metrics: [String: Double] = [:]
    ) {
      (self.name, self.values, self.summary) = (name, values, summary)
      (self.findings, self.sources, self.metrics) = (findings, sources, metrics)
    }
  }

  /// Something with two states; nil where a side does not have it.
  public struct Change<State: Sendable>: Sendable {
    public var name: String
    public var before: State?
    public var after: State?
  }

  public let before: Side
  public let after: Side
  /// Values that are not the same, in the order of the specs.
  public let values: [Change<Resolution.Value>]
  /// How many defaults come or go with these values, which are not listed.
  public let consequences: Int
  /// Values that are the same for another reason.
  public let origins: [Change<Resolution.Value>]
  public let layers: [Change<Summary.Layer>]
  /// Parameters, FLOPs and bytes, also those that are the same.
  public let counts: [Change<Int>]
  /// Findings of the first side alone.
  public let gone: [Diagnostic]
  /// Findings of the second side alone.
  public let new: [Diagnostic]
  public let metrics: [Change<Double>]

  public init(from before: Side, to after: Side) {
    (self.before, self.after) = (before, after)
    let pairs = Self.pairs(before.values, after.values, named: \.path)
    let unlike = pairs.filter { $0.before?.value != $0.after?.value && !Self.isFileName($0) }
    values = unlike.filter { !Self.isConsequence($0) }
    consequences = unlike.count - values.count
    origins = pairs.filter { pair in
      guard let before = pair.before, let after = pair.after, before.value == after.value else {
        return false
      }
      return before.origin != after.origin || before.rule != after.rule
    }
    layers = Self.pairs(
      before.summary?.layers ?? [], after.summary?.layers ?? [], named: \.name
    ).filter { $0.before?.sameWords != $0.after?.sameWords }
    counts = [
      ("parameters", \Summary.parameters), ("FLOPs", \.flops), ("memory_bytes", \.memoryBytes),
    ].map { name, path in
      Change(
        name: name, before: before.summary?[keyPath: path], after: after.summary?[keyPath: path])
    }
    gone = Self.missing(before.findings, in: after.findings)
    new = Self.missing(after.findings, in: before.findings)
    let names = Set(before.metrics.keys).union(after.metrics.keys).sorted()
    metrics = names.map {
      Change(name: $0, before: before.metrics[$0], after: after.metrics[$0])
    }
  }

  /// Whether anything but metrics is different.
  public var isEmpty: Bool {
    values.isEmpty && consequences == 0 && origins.isEmpty && layers.isEmpty && gone.isEmpty
      && new.isEmpty
      && counts.allSatisfy { $0.before == $0.after }
  }

  /// The items of both sides by name: those of the first in their order, each followed by what the
  /// second has behind it.
  private static func pairs<Item: Sendable>(
    _ before: [Item], _ after: [Item], named name: (Item) -> String
  ) -> [Change<Item>] {
    let old = Dictionary(before.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(after.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    var result: [Change<Item>] = []
    var (left, right) = (before[...], after[...])
    while let item = left.popFirst() {
      // What stands before the same item on the other side, and only there.
      if new[name(item)] != nil {
        while let other = right.popFirst(), name(other) != name(item) {
          if old[name(other)] == nil {
            result.append(Change(name: name(other), before: nil, after: other))
          }
        }
      }
      result.append(Change(name: name(item), before: item, after: new[name(item)]))
    }
    let known = Set(result.map(\.name))
    return result
      + after.filter { !known.contains(name($0)) }.map {
        Change(name: name($0), before: nil, after: $0)
      }
  }

  /// Whether a default has a place on one side only.
  private static func isConsequence(_ pair: Change<Resolution.Value>) -> Bool {
    guard pair.before == nil || pair.after == nil else { return false }
    return (pair.before ?? pair.after)?.origin == .default
  }

  /// Names that come from the files are different and say nothing.
  private static func isFileName(_ pair: Change<Resolution.Value>) -> Bool {
    pair.name == "name" && pair.before?.rule == "file-name" && pair.after?.rule == "file-name"
  }

  /// Findings of one list that the other has not, at the same place.
  private static func missing(_ findings: [Diagnostic], in others: [Diagnostic]) -> [Diagnostic] {
    var counts: [String: Int] = [:]
    for other in others { counts[other.place, default: 0] += 1 }
    return findings.filter { finding in
      guard let count = counts[finding.place], count > 0 else { return true }
      counts[finding.place] = count - 1
      return false
    }
  }
}

extension Diagnostic {
  /// What is found where in the spec's structure.
  fileprivate var place: String { "\(code.code) \(path)" }
}

extension Summary.Layer {
  /// What a layer is, in a few words: `dense + relu, 30 → 32`.
  var sameWords: String {
    let shapes = inputShape.map(Self.words).joined(separator: " + ")
    return "\(words), \(shapes) → \(Self.words(outputShape))"
  }

  private static func words(_ sizes: [Int]) -> String {
    sizes.map(String.init).joined(separator: "×")
  }
}
