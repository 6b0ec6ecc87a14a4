public import SpecSyntax
import Tensors

extension DiagnosticCode {
  /// The codes of graphs and shapes.
  public static let networkCodes: [DiagnosticCode] = [
    unknownLayer, shapeMismatch, duplicateLayerName, unusedLayer, wrongInputCount,
    tooManyParameters,
  ]

  static let unknownLayer = DiagnosticCode(
    "G101", "unknown-layer", title: "`from` names a layer that does not stand above",
    explanation: """
      `from` takes the names of layers that stand higher up in the list, `previous` for the layer \
      just above, and `input` for the network's input. A layer gets a name by `name:` beside its \
      operation; without one it is called after its operation, `dense1`, `dense2`.
      """)

  static let shapeMismatch = DiagnosticCode(
    "G102", "shape-mismatch", title: "an operation cannot take the shape it is given",
    explanation: """
      Every operation says which shapes it takes: `dense` a flat row of features, `add` inputs of \
      one shape, `concat` inputs that agree in all sizes but the first. `plumb compile` prints the \
      shape that comes out of each layer.
      """)

  static let duplicateLayerName = DiagnosticCode(
    "G103", "duplicate-layer-name", title: "two layers have the same name",
    explanation: """
      Names tell layers apart in `from`, in reports and in saved weights, so each may be used \
      once. `input` and `previous` have a meaning of their own in `from` and cannot be given. \
      A layer without `name` is called after its operation, `dense1`, `dense2`.
      """)

  static let unusedLayer = DiagnosticCode(
    "G104", "unused-layer", .warning, title: "nothing uses the output of a layer",
    explanation: """
      Each layer takes the one above it unless `from` names others. Where a `from` passes a layer \
      over and no later one names it, its output goes nowhere: it is left out of the network and \
      is not trained.
      """)

  static let wrongInputCount = DiagnosticCode(
    "G105", "wrong-number-of-inputs", title: "an operation gets too few or too many inputs",
    explanation: """
      `add`, `multiply` and `concat` join two layers or more, which `from` has to name; all other \
      operations take one.
      """)

  static let tooManyParameters = DiagnosticCode(
    "G106", "too-many-parameters", title: "a layer is too large to be trained here",
    explanation: """
      A network may have up to a thousand million parameters, which with an optimiser such as Adam \
      take 16 GB. A layer that goes beyond that is nearly always a slip of the pen.
      """)
}

/// The wording; callers pass facts.
extension Diagnostic {
  static func unknownLayer(_ reference: Reference, names: [String], path: SpecPath) -> Diagnostic {
    let similar = nearest(to: reference.name, among: names, limit: 1).first
    let help = similar.map { name in
      Help("write `\(name)`", fix: Fix("use `\(name)`", [Edit(reference.range, name)], .unsafe))
    }
    let known = names.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownLayer, "no layer above is called `\(reference.name)`", at: reference.range,
      label: "not a layer above", path: path, notes: ["layers above: \(known)"],
      helps: help.map { [$0] } ?? [Help("name one of the layers above")])
  }

  static func shapeMismatch(
    _ error: ShapeError, in layer: String, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .shapeMismatch, error.message, at: error.range == .none ? range : error.range,
      label: "in layer `\(layer)`", path: path, helps: error.help.map { [Help($0)] } ?? [])
  }

  static func duplicateLayerName(
    _ name: String, at range: SourceRange, first: Graph.Node, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .duplicateLayerName, "the name `\(name)` is taken", at: range, label: "used again",
      path: path,
      secondary: [Label(first.range, "the first layer called `\(name)`")],
      helps: [Help("give one of the two another name")])
  }

  static func reservedLayerName(
    _ name: String, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .duplicateLayerName, "a layer cannot be called `\(name)`", at: range,
      label: "has a meaning of its own in `from`", path: path,
      helps: [Help("give the layer another name")])
  }

  static func unusedLayer(_ node: Graph.Node) -> Diagnostic {
    Diagnostic(
      .unusedLayer, "nothing uses the layer `\(node.name)`", at: node.range,
      label: "its output goes nowhere", path: node.path,
      notes: ["it is left out of the network"],
      helps: [Help("name it in the `from` of a later layer, or remove it")])
  }

  static func wrongInputCount(
    _ operation: String, wanted: ClosedRange<Int>, found: Int, at range: SourceRange,
    path: SpecPath
  ) -> Diagnostic {
    let atLeast = wanted.upperBound > wanted.lowerBound
    let words = (atLeast ? "at least " : "") + "\(wanted.lowerBound) "
      + (wanted.lowerBound == 1 ? "input" : "inputs")
    let help =
      found < wanted.lowerBound
      ? "list the layers to join in `from`" : "join the layers by `add` or `concat` first"
    return Diagnostic(
      .wrongInputCount, "`\(operation)` takes \(words), but gets \(found)", at: range,
      label: "gets \(found)", path: path,
      helps: [Help(help)])
  }

  static func tooLarge(
    _ layer: String, values: Int, at range: SourceRange, path: SpecPath
  ) -> Diagnostic {
    Diagnostic(
      .tooManyParameters, "the layer `\(layer)` gives more than a thousand million values",
      at: range, label: "\(values) values", path: path,
      helps: [Help("make it or the layers before it narrower")])
  }

  static func tooManyParameters(_ node: Graph.Node) -> Diagnostic {
    Diagnostic(
      .tooManyParameters,
      "the layer `\(node.name)` makes the network larger than a thousand million parameters",
      at: node.range, label: "\(node.parameterCount) parameters", path: node.path,
      helps: [Help("make it or the layers before it narrower")])
  }

  static func noLevels(at range: SourceRange, path: SpecPath) -> Diagnostic {
    Diagnostic(
      .outOfRange, "`\(path)` has no level, which is out of range", at: range,
      label: "an empty list", path: path,
      helps: [Help("write a level such as `0.9`, or several: `[0.05, 0.5, 0.95]`")])
  }

  static func rateBesideStart(
    _ rate: Double, wanted: String, start: Double, at range: SourceRange,
    startRange: SourceRange, path: SpecPath
  ) -> Diagnostic {
    let first = numberText(start)
    return Diagnostic(
      .outOfRange, "`\(path)` is \(numberText(rate)), which is out of range", at: range,
      label: "must be \(wanted) `start`", path: path,
      secondary: [Label(startRange, "starts at \(first)")],
      helps: [Help("write a rate that is \(wanted) \(first), or change `start`")])
  }
}
