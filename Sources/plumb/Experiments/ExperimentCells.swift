import SpecCompiler
import SpecSyntax
import Tuning

/// The factors of an experiment and every cell that may be trained, all of which compile.
struct ExperimentCells {
  let factors: [Factor]
  /// The designs that may be taken, the largest first.
  let designs: [FactorialDesign]
  let cells: [[Int]: Compilation]

  /// - Parameters:
  ///   - base: the spec as it is.
  ///   - limit: how many cells there may be.
  ///   - compile: the spec with some values.
  init(
    _ keys: [VariedKey], _ base: Compilation, limit: Int, compile: ([Override]) -> Compilation
  ) throws(Failure) {
    designs = try Self.designs(keys, limit: limit)
    factors = try Self.factors(keys, base, compile)
    var cells: [[Int]: Compilation] = [:]
    for cell in designs.flatMap(\.cells) where cells[cell] == nil {
      let compilation = compile(zip(keys, cell).map { Self.override($0, $1) })
      guard !compilation.hasErrors, compilation.graph != nil else {
        throw Self.failure(
          [compilation], "\(factors.words(cell)) do not go together: nothing was trained")
      }
      cells[cell] = compilation
    }
    self.cells = cells
  }

  /// The compilations of a surface's points, both ends of each axis being checked first.
  static func compilations(
    _ axes: [SurfaceAxis], _ points: [SurfacePoint], _ compile: ([Override]) -> Compilation
  ) throws(Failure) -> [Compilation] {
    var broken: [Compilation] = []
    for (index, axis) in axes.enumerated() {
      // The outermost of all points break first, if any does.
      let sorted = points.map { $0.levels[index] }
        .sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }
      for level in [sorted.first, sorted.last].compactMap({ $0 }) {
        let compilation = compile([Override("\(axis.key)=\(level)", option: "--vary")])
        if compilation.hasErrors { broken.append(compilation) }
      }
    }
    guard broken.isEmpty else {
      throw failure(broken, "some values cannot be used: nothing was trained")
    }
    var compilations: [Compilation] = []
    for point in points {
      let compilation = compile(
        zip(axes, point.levels).map { Override("\($0.key)=\($1)", option: "--vary") })
      guard !compilation.hasErrors, compilation.graph != nil else {
        throw failure([compilation], "\(point.words) do not go together: nothing was trained")
      }
      compilations.append(compilation)
    }
    return compilations
  }

  private static func override(_ key: VariedKey, _ level: Int) -> Override {
    Override("\(key.key)=\(key.levels[level])", option: "--vary")
  }

  /// Checks every level by itself, so that each mistake is shown once, and finds which levels the
  /// spec has already.
  private static func factors(
    _ keys: [VariedKey], _ base: Compilation, _ compile: ([Override]) -> Compilation
  ) throws(Failure) -> [Factor] {
    let own = values(base)
    var factors: [Factor] = []
    var broken: [Compilation] = []
    for key in keys {
      var known: [[String]] = []
      for level in key.levels.indices {
        let compilation = compile([override(key, level)])
        if compilation.hasErrors { broken.append(compilation) }
        let values = values(compilation)
        if !compilation.hasErrors, let same = known.firstIndex(of: values) {
          throw Failure(
            "--vary \(escapedForTerminal(key.key)): `\(escapedForTerminal(key.levels[same]))` and "
              + "`\(escapedForTerminal(key.levels[level]))` make the same spec",
            hint: "`plumb explain \(escapedForTerminal(key.key))` says what it takes")
        }
        known.append(values)
      }
      factors.append(
        Factor(key: key.key, levels: key.levels, base: known.firstIndex(of: own)))
    }
    guard broken.isEmpty else {
      throw failure(broken, "some levels cannot be used: nothing was trained")
    }
    return factors
  }

  /// Everything that training depends on.
  private static func values(_ compilation: Compilation) -> [String] {
    (compilation.resolution?.values ?? []).filter { $0.path != "name" }
      .map { "\($0.path)=\($0.value)" }
  }

  private static func designs(
    _ keys: [VariedKey], limit: Int
  ) throws(Failure) -> [FactorialDesign] {
    let counts = keys.map(\.levels.count)
    let designs = FactorialDesign.candidates(levelCounts: counts, limit: limit)
    guard designs.isEmpty else { return designs }
    let total = counts.reduce(1.0) { $0 * Double($1) }
    let most = FactorialDesign.mostCells
    let larger = FactorialDesign.candidates(levelCounts: counts, limit: most).last?.cells.count
    var hints = ["vary fewer keys, or fewer levels of each"]
    if let larger { hints.insert("--cells \(larger) has room for a fraction", at: 0) }
    throw Failure(
      "\(Int(min(total, 1e15))) combinations are more than \(limit) cells, and no fraction of them "
        + "that fits keeps main effects clear of pairs", hints: hints)
  }

  /// Mistakes with their places, each once.
  private static func failure(_ compilations: [Compilation], _ message: String) -> Failure {
    var seen: Set<String> = []
    var texts: [String] = []
    for compilation in compilations {
      let new = compilation.diagnostics.filter {
        $0.level == .error && seen.insert($0.message).inserted
      }
      guard !new.isEmpty else { continue }
      texts.append(Findings(new, compilation.sources).text(isColoured: Console.isColoured))
    }
    var failure = Failure(message)
    failure.findings = texts.isEmpty ? nil : texts.joined(separator: "\n")
    return failure
  }
}
