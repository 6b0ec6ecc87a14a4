import SpecSyntax
import TestSupport
import Testing

@testable import SpecCompiler

@Suite("a search section")
struct SearchTests {
  /// A spec over a table of the repository with a search over some keys.
  static func spec(_ space: String, _ more: String = "", training: String = "") -> String {
    let lines = space.split(separator: "\n").map { "    \($0)\n" }.joined()
    return """
      plumb: 1
      data: {source: ../examples/iris.csv, target: species}
      \(training.isEmpty ? "" : "training: {\(training)}\n")search:
        space:
      \(lines)\(more)
      """
  }

  /// Findings above advice, as `code line` and message.
  static func findings(_ text: String) -> [(code: String, message: String, helps: [Help])] {
    compile(SourceText(name: "specs/errors/x.yaml", text: text), in: .repository)
      .diagnostics.filter { $0.level > .advice }
      .map { ($0.code.code, $0.message, $0.helps) }
  }

  static let wrong: [(space: String, more: String, code: String, words: String)] = [
    ("learning_rate: [0.1, 0.2, 0.3]", "", "K142", "at the top of a spec"),
    ("training.lr: [0.1, 0.2, 0.3]", "", "K142", "in `training`"),
    ("training.batch_size[0]: [1, 2, 3]", "", "K142", "is no list"),
    ("model.hidden_layers[4]: {integer: [8, 16]}", "", "K142", "has 1 item"),
    ("training.optimizer.momentum.momentum: {real: [0.5, 0.9]}", "", "K142", "the spec has `adamw`"),
    ("data.split.validation: [10%, 20%, 30%]", "", "K143", "do not compare"),
    ("data.target: [species, sepal_length]", "", "K143", "another task"),
    ("training: [1, 2, 3]", "", "K143", "is a section"),
    ("training.epochs: [5, 5]", "", "K148", "twice"),
    ("training.batch_size: {choice: [32]}", "", "K148", "one value"),
    ("model.dropout: {real: [0, 0.5], step: 0.7}", "", "K147", "beyond its whole range"),
    ("training.batch_size: {integer: [8, 64], step: 2.5}", "", "K147", "is whole"),
    ("training.batch_size: {integer: [0, 64]}", "", "K149", "cannot be 0"),
    ("training.optimizer: [adam, adma]", "", "K149", "is not a known optimizer"),
    ("training.learning_rate.end: {real: [0, 0.001]}", "", "K149", "does not use it"),
    ("data.features: {choice: [[petal_width], [petal_wdth]]}", "", "K149", "petal_wdth"),
    (
      "training.batch_size: {choice: [8, 16], when: {model.dropout: 0}}", "", "K150",
      "is not searched above it"
    ),
    (
      "model.dropout: {real: [0, 0.5]}\ntraining.batch_size: {choice: [8, 16], "
        + "when: {model.dropout: 0}}", "", "K150", "never has"
    ),
    ("training.batch_size: [8, 16, 32]", "  objective: loss", "K152", "no such measure"),
    ("training.batch_size: [8, 16, 32]", "  objective: {minimize: parameters}", "K152", "win"),
    ("training.batch_size: [8, 16, 32]", "  objective: validation.acc", "K114", "acc"),
    ("training.batch_size: [8, 16, 32]", "  objective: validation.rmse", "K113", "rmse"),
    ("training.batch_size: [8, 16, 32]", "  objective: {maximize: validation.loss}", "K153", ""),
    ("training.batch_size: [8, 16, 32]", "  sampler: cma", "K156", "every key here is a choice"),
    ("training.batch_size: [8, 16, 32]", "  pruner: {asha: {first: 5000}}", "K158", "begins after"),
    ("training.batch_size: [8, 16, 32]", "  first: {training.batchsize: 8}", "K160", "searched"),
  ]

  @Test("what is wrong has one finding with a way out", arguments: wrong.indices)
  func mistakes(_ index: Int) {
    let (space, more, code, words) = Self.wrong[index]
    let found = Self.findings(Self.spec(space, more))
    #expect(found.map(\.code) == [code], "\(found)")
    #expect(found.first?.message.contains(words) == true, "\(found)")
    #expect(found.first?.helps.isEmpty == false)
  }

  @Test("a key of another program or place is suggested", arguments: [
    ("training.lr", "training.learning_rate"), ("batch_size", "training.batch_size"),
    ("training.batchsize", "training.batch_size"), ("dropout", "model.dropout"),
    ("model.hiden_layers[0]", "model.hidden_layers[0]"),
    ("training.weight_decay", "training.optimizer.adamw.weight_decay"),
  ])
  func suggestions(name: String, meant: String) {
    let found = Self.findings(Self.spec("\(name): {real: [0.1, 0.2]}"))
    #expect(found.first?.helps.first?.text.contains("`\(meant)`") == true, "\(found)")
  }

  @Test("what fits has no finding", arguments: [
    ("model.hidden_layers[0]: {integer: [8, 128], scale: log}", ""),
    ("model.hidden_layers: {choice: [[], [16], [32, 16]]}", ""),
    (
      "training.optimizer: {choice: [adam, {momentum: {momentum: 0.9}}]}\n"
        + "training.optimizer.momentum.momentum: {real: [0.5, 0.95], "
        + "when: {training.optimizer: momentum}}", ""
    ),
    ("training.learning_rate.warmup: {choice: [0, 5%]}", "  folds: 5\n  pruner: wilcoxon"),
    ("training.learning_rate: {choice: [0.01, {schedule: cosine, start: 0.01}]}", ""),
    ("training.early_stopping: {choice: [none, {patience: 5}]}", ""),
    ("training.loss: [cross_entropy, focal]", "  objective: {maximize: validation.accuracy}"),
    ("data.numeric.scale: [standard, quantile, none]", "  objective: validation.accuracy"),
    ("training.batch_size: {integer: [8, 32], step: 8}", "  sampler: grid"),
    ("training.batch_size: [8, 16, 32]", "  objective: [validation.loss, parameters]"),
  ])
  func fitting(space: String, more: String) {
    #expect(Self.findings(Self.spec(space, more)).map(\.message) == [])
  }

  @Test("a base's keys are searched too, and `none` takes one out")
  func bases() throws {
    let base = Self.spec("training.batch_size: [8, 16, 32]\nmodel.dropout: {real: [0, 0.5]}")
    let environment = Environment(
      loadText: { _, _ in .text(SourceText(name: "base.yaml", text: base)) },
      loadTable: { _ in .skipped("none") })
    let text = """
      plumb: 1
      extends: base.yaml
      search: {space: {model.dropout: none, training.epochs: [5, 10, 20]}, trials: 9}
      """
    let compilation = compile(SourceText(name: "t.yaml", text: text), in: environment)
    let search = try #require(compilation.spec?.search)
    let keys = try #require(search.space.value).filter { $0.value != nil }
    #expect(Set(keys.map(\.name)) == ["training.batch_size", "training.epochs"])
    #expect(search.trials == 9)
  }

  @Test("its values are resolved to a spec that says the same")
  func resolution() throws {
    let text = Self.spec(
      "training.optimizer: {choice: [adam, momentum]}\ntraining.optimizer.momentum.momentum: "
        + "{real: [0.5, 0.9], step: 0.1, when: {training.optimizer: momentum}}",
      "  pruner: {asha: {first: 3}}\n  first: {training.optimizer: adam}")
    let name = "specs/errors/x.yaml"
    let first = compile(SourceText(name: name, text: text), in: .repository)
    let resolved = try #require(first.resolution?.text)
    let second = compile(SourceText(name: name, text: resolved), in: .repository)
    #expect(second.diagnostics.filter { $0.level > .advice }.map(\.message) == [])
    let values = { (compilation: Compilation) in
      (compilation.resolution?.values ?? []).filter { $0.path.hasPrefix("search") }
        .map { "\($0.path): \($0.value)" }
    }
    #expect(values(first) == values(second) && values(first).count > 10)
  }

  @Test("an override of the command line changes one of its values")
  func overrides() {
    let source = SourceText(name: "t.yaml", text: Self.spec("training.batch_size: [8, 16, 32]"))
    let compilation = compile(source, overrides: [Override("search.trials=5")])
    #expect(compilation.spec?.search?.trials == 5)
    #expect(compilation.spec?.search?.space.value?.count == 1)
  }

  @Test("without it, nothing of it is resolved")
  func absence() {
    let compilation = compile(SourceText(name: "t.yaml", text: "plumb: 1\n"))
    #expect(compilation.resolution?.values.contains { $0.path.hasPrefix("search") } == false)
  }

  @Test("what the advice proposes lints clean in the spec", arguments: ExampleTests.files)
  func proposals(file: String) throws {
    let source = SourceText(name: file, text: Repository.text(file))
    let compilation = try compileFile(file)
    let advised = Set(compilation.diagnostics.map(\.code.code)).sorted().map { [$0] }
    for codes in [[], ["A203"], ["O401"], ["B501"], ["R701"]] + advised {
      guard let space = compilation.proposedSpace(over: codes) else {
        #expect(!codes.isEmpty || compilation.spec?.model.layers != nil, "\(file)")
        continue
      }
      #expect(space.keys.count == space.entries.count)
      // The section replaces the one that the spec has.
      let section = Override("search", "{\(Self.flow(space))}")
      let changed = compile(source, overrides: [section], in: .repository)
      let found = changed.diagnostics.filter { $0.path.isWithin("search") }
      #expect(found.map(\.message) == [], "\(file) over \(codes):\n\(space.text)")
      #expect(!changed.hasErrors)
      #expect(changed.spec?.search?.space.value?.map(\.name) == space.keys.map(\.name))
    }
  }

  /// A proposed section as it can stand in braces.
  private static func flow(_ space: ProposedSpace) -> String {
    let keys = space.entries.map { "\(quotedText($0.path.description)): \($0.text)" }
    let objective = space.section.objective[0]
    return "space: {\(keys.joined(separator: ", "))}, trials: \(space.section.trials), "
      + "objective: {\(objective.direction.rawValue): \(objective.measure)}"
  }

  @Test("the widths that the advisor calls worth trying are what is searched over its rule")
  func widths() throws {
    let compilation = try compileFile("specs/examples/iris.yaml")
    let sizing = try #require(compilation.facts?.sizing)
    let space = try #require(compilation.proposedSpace(over: ["a203"]))
    #expect(space.entries.map(\.path) == ["model.hidden_layers"])
    for width in [sizing.recommended] + sizing.alternatives {
      #expect(space.text.contains("[\(width)]"), "\(space.text)")
    }
    #expect(compilation.proposedSpace(over: ["D101"]) == nil)
  }
}
