import SpecSyntax

/// What could not be read, so that what follows from it is no mistake of its own.
struct ReadingMistakes {
  private let paths: [SpecPath]

  init(_ findings: [Diagnostic]) {
    paths = findings.filter { $0.level == .error }.map(\.path)
  }

  /// Whether the value at a path, or a part of it, could not be read.
  func hide(_ path: SpecPath) -> Bool { paths.contains { $0.isWithin(path) } }

  /// Whether what `data` makes of the table may be another than the author meant.
  var hideInputs: Bool {
    paths.contains { $0.isWithin("data") && !$0.isWithin("data.split") }
  }

  /// Whether the task, or what decides it, could not be read.
  var hideTask: Bool {
    paths.contains { $0.parent == "data" } || hide("data.target") || hide("data.features")
  }

  /// The layers that could not be read whole.
  var layers: Set<SpecPath> {
    let layers: SpecPath = "model.layers"
    let found = paths.filter { $0.isWithin(layers) && $0.steps.count > layers.steps.count }
    return Set(found.map { SpecPath(steps: Array($0.steps.prefix(layers.steps.count + 1))) })
  }
}
