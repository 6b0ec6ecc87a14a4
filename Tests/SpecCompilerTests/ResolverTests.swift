import NetworkGraph
import SpecSyntax
import TestSupport
import Testing

@testable import SpecCompiler

@Suite("Resolver")
struct ResolverTests {
  @Test(
    "what later decisions see is what reading the decided tree again gives",
    arguments: Repository.files(below: "specs/examples", ending: ".yaml"))
  func decisions(_ file: String) throws {
    let done = compile(
      SourceText(name: file, text: Repository.text(file)), in: .repository)
    let root = try #require(done.tree?.root)
    var log = DiagnosticLog()
    var resolver = Resolver(root: root, reading: read(Spec.self, from: root, into: &log))
    resolver.decide { done.facts(for: $0, root: nil) }
    #expect(values(of: resolver.spec) == values(of: resolver.readAgain().section))
  }

  /// The open values of a spec in words, in the order of `OpenValue.all`.
  private func values(of spec: Spec) -> [String] {
    let (data, model, training) = (spec.data, spec.model, spec.training)
    let loss = training.loss.value.map { "\(type(of: $0).name) \($0.levels)" }
    let initializer = model.initializer.value.map { type(of: $0).name }
    let optimizer = training.optimizer.value.map { type(of: $0).name }
    var stopping = "auto"
    if case .value(let chosen) = training.earlyStopping {
      stopping = chosen.map { "\($0.monitor) \($0.patience) \($0.minDelta)" } ?? "none"
    }
    var values: [String] = ["\(data.task)", "\(data.category.encode)", "\(data.targetScale)"]
    values += [loss ?? "auto", "\(model.hiddenLayers)", initializer ?? "auto"]
    values += [optimizer ?? "auto", "\(training.learningRate.start)", "\(training.batchSize)"]
    values += ["\(training.epochs)", stopping, "\(training.metrics)"]
    #expect(values.count == OpenValue.all.count)
    return values
  }
}
