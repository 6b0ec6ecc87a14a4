import ArgumentParser
import NetworkGraph
import Reporting
import SpecCompiler
import SpecSyntax
import Training

/// Prints the network.
struct Compile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Prints the network: layers, shapes, parameters, operations, memory, time.",
    discussion: """
      --emit text is the table of layers, the learning-rate curve, and how long training may take: \
      some steps are taken on zeros for that, here and now. graph lists what each layer takes \
      from and what the spec sets of it; dot is for Graphviz, mermaid for Markdown, svg a drawing; \
      plan has every call of a training step, its buffers, and what is done in the same sweep.
      """)

  /// What is printed.
  enum Emission: String, ExpressibleByArgument, CaseIterable {
    case text, graph, dot, mermaid, svg, json, plan
  }

  @OptionGroup var options: SpecOptions
  @OptionGroup var output: FormatOption
  @OptionGroup var outside: OutsideOption

  @Option(help: "What is printed of the network.")
  var emit: Emission = .text

  @Flag(help: "Leave out the training time, which is measured and so never twice the same.")
  var noEstimate = false

  func validate() throws {
    guard output.format == .text || [.text, .json, .plan].contains(emit) else {
      throw ValidationError("--format json goes with --emit plan; leave it out for `\(emit)`")
    }
  }

  func run() throws {
    let compilation = try options.compileWithoutErrors(outside.bounds(for: options.spec))
    guard let summary = compilation.summary, let graph = compilation.graph else {
      throw Failure(
        "the network cannot be built without the table",
        hint: compilation.notChecked.first)
    }
    let settings = LayerSettings(compilation.resolution?.values ?? [])
    let picture = GraphPicture(graph, title: compilation.name, settings: settings)
    let style = TextStyle(color: Console.isColoured)
    switch emit {
    case .text where output.format == .text:
      let time = noEstimate ? nil : estimateTime(compilation)
      let text = CompileText(compilation, summary, settings.words(of: graph), time)
      Console.print(text.text(style: style))
    case .text, .json:
      try Console.json(CompileReport(compilation, summary, estimates: !noEstimate))
    case .graph: Console.print(picture.listing(style: style))
    case .dot: Console.print(picture.dot)
    case .mermaid: Console.print(picture.mermaid)
    case .svg: Console.print(picture.svg)
    case .plan:
      guard let plan = compilation.plan else {
        throw Failure("there is no plan before every value is decided")
      }
      output.format == .json
        ? Console.print(plan.listing.json.text()) : Console.print(plan.listing.text(style: style))
    }
  }
}

/// A network for people: its layers, its learning rate, how long it trains.
struct CompileText {
  let compilation: Compilation
  let summary: Summary
  /// What is set of each layer, by its name.
  let settings: [String: String]
  let time: TimeEstimation?

  init(
    _ compilation: Compilation, _ summary: Summary, _ settings: [String: String],
    _ time: TimeEstimation?
  ) {
    (self.compilation, self.summary, self.time) = (compilation, summary, time)
    self.settings = settings
  }

  func text(style: TextStyle) -> String {
    var parts = [summary.text(style: style, settings: settings)]
    if let curve = compilation.facts.flatMap({ RateCurve($0) }) { parts.append(curve.text) }
    switch time {
    case .estimate(let estimate): parts.append(words(estimate))
    case .unknown(let reason): parts.append("training time: not known: \(reason)")
    case nil: break
    }
    return parts.joined(separator: "\n\n")
  }

  private func words(_ time: TimeEstimate) -> String {
    let stop =
      compilation.spec?.training.earlyStopping.value.flatMap { $0 } == nil
      ? "" : "; early stopping may end it sooner"
    let threads = time.threads == 1 ? "one thread" : "\(time.threads) threads"
    return """
      training time: about \(duration(time.seconds)) (\(duration(time.lowSeconds)) to \
      \(duration(time.highSeconds))) for \(time.epochs) epochs of \(time.stepsPerEpoch) steps\(stop)
        from \(time.measuredSteps) steps taken here just now on \(threads); a machine at other \
      work takes longer
      """
  }

  private func duration(_ seconds: Double) -> String {
    if seconds < 1 { return "\(twoDigits(seconds * 1000)) ms" }
    if seconds < 120 { return "\(twoDigits(seconds)) s" }
    return seconds < 7200 ? "\(twoDigits(seconds / 60)) min" : "\(twoDigits(seconds / 3600)) h"
  }

  /// No more digits than an estimate has.
  private func twoDigits(_ value: Double) -> String {
    if value >= 10 { return "\(Int(value.rounded()))" }
    return figure((value * 10).rounded() / 10)
  }
}

/// A network for other programs.
private struct CompileReport: Encodable {
  let summary: Summary
  let curve: RateCurve?
  var time: TimeEstimate?

  private enum CodingKeys: String, CodingKey {
    case curve = "learning_rate"
    case time = "training_time"
  }

  init(_ compilation: Compilation, _ summary: Summary, estimates: Bool) {
    self.summary = summary
    curve = compilation.facts.flatMap { RateCurve($0) }
    if estimates, case .estimate(let estimate) = estimateTime(compilation) { time = estimate }
  }

  func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(curve, forKey: .curve)
    try container.encodeIfPresent(time, forKey: .time)
  }
}
