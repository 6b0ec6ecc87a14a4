import SpecCompiler
import SpecSyntax
import Testing
import Training

@testable import Tuning

@Suite("a search section becomes a study")
struct SearchSectionTests {
  static let text = """
    plumb: 1
    data: {source: t.csv, target: y}
    training: {learning_rate: 0.01}
    search:
      space:
        model.hidden_layers[0]: {integer: [8, 128], scale: log}
        training.learning_rate.warmup: [0, 5%]
        training.batch_size: {integer: [16, 64], step: 16}
        training.optimizer: {choice: [adam, {momentum: {momentum: 0.9}}]}
        training.optimizer.momentum.momentum:
          {real: [0.5, 0.95], step: 0.05, when: {training.optimizer: momentum}}
      objective: {maximize: validation.accuracy}
      pruner: {asha: {reduction: 3}}
      first: {training.batch_size: 32, training.optimizer: momentum}
      seed: 7
    """

  func search(_ text: String = Self.text) throws -> SearchSection {
    try #require(compile(SourceText(name: "t.yaml", text: text)).spec?.search)
  }

  @Test("each key is a dimension of its kind")
  func dimensions() throws {
    let space = Space(try #require(search().space.value))
    #expect(
      space.dimensions == [
        Dimension("model.hidden_layers[0]",
          .integer(low: 8, high: 128, step: 1, isLogarithmic: true)),
        Dimension("training.learning_rate.warmup", .choice([0, "5%"])),
        Dimension("training.batch_size",
          .integer(low: 16, high: 64, step: 16, isLogarithmic: false)),
        Dimension("training.optimizer", .choice(["adam", ["momentum": ["momentum": .number(0.9)]]])),
        Dimension("training.optimizer.momentum.momentum",
          .real(low: 0.5, high: 0.95, step: 0.05, isLogarithmic: false),
          when: .init(name: "training.optimizer", values: [1])),
      ])
  }

  @Test("what else it says are the settings of the study")
  func settings() throws {
    let search = try search()
    let settings = StudySettings(
      search, name: "t", space: Space(try #require(search.space.value)), identity: ["spec": "1"])
    #expect(settings.seed == 7 && settings.directions == [.maximize] && settings.parallel == 4)
    #expect(settings.sampler == "tpe" && settings.pruner == "asha")
    #expect(settings.prunerOptions == ["reduction": 3, "first": 1])
  }

  @Test("a trial to begin with has the numbers of its values")
  func first() throws {
    let search = try search()
    let keys = try #require(search.space.value)
    let numbers = Space(keys).parameters(of: search.first[0], in: keys)
    #expect(numbers == [nil, nil, 32, 1, nil])
  }

  @Test("a trial's values override the spec, and what stands beside them is kept")
  func overrides() throws {
    let source = SourceText(name: "t.yaml", text: Self.text)
    let compilation = compile(source)
    let space = Space(try #require(compilation.spec?.search?.space.value))
    let trial = compile(
      source,
      overrides: compilation.overrides(setting: space.values(of: [nil, 1, 48, 1, 0.8])))
    #expect(trial.diagnostics.filter { $0.level == .error }.map(\.message) == [])
    let values = Dictionary(
      (trial.resolution?.values ?? []).map { ($0.path, $0.value) }, uniquingKeysWith: { $1 })
    #expect(values["training.learning_rate.start"] == "0.01")
    #expect(values["training.learning_rate.warmup"] == "5%")
    #expect(values["training.batch_size"] == "48")
    #expect(values["training.optimizer.momentum.momentum"] == "0.8")
    #expect(trial.spec?.search == nil)
  }

  @Test("the language and the tuner know the same samplers, pruners and directions")
  func lists() {
    for sampler in Samplers.all { #expect(SearchSampler(rawValue: sampler.name) != nil) }
    let names = SearchPruner.names + [NoPruner.name]
    for pruner in Pruners.all { #expect(names.contains(pruner.name)) }
    for metric in Metrics.all {
      let name = MetricName.named(metric.name)
      #expect(name?.isLargerBetter == (metric.direction == .higherIsBetter), "\(metric.name)")
    }
  }
}
