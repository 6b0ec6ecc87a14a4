import SpecCompiler
import SpecSyntax
import Testing

@testable import Tuning

@Suite("The spec of a trial as a text")
struct TunedSpecTests {
  private func tuned(
    _ text: String, _ values: [(String, String)], head: [String] = ["From a study."]
  ) throws -> String {
    let source = SourceText(name: "a.yaml", text: text)
    let overrides = values.map { Override("\($0)=\($1)") }
    let spec = try TunedSpec(
      source, setting: values.map { .init(SpecPath($0), $1) },
      effective: compile(source, overrides: overrides), head: head, named: "b.yaml")
    #expect(TunedSpec.isUntouched(spec.source.bytes))
    let lines = spec.source.text(0..<spec.source.bytes.count)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let place = try #require(lines.firstIndex { $0.hasPrefix("# sha256 of what follows: ") })
    #expect(lines[..<place].map(String.init) == head.map { "# \($0)" })
    return lines[(place + 1)...].joined(separator: "\n")
  }

  @Test("values are edited in place, comments stay, and what is searched goes with its comment")
  func edits() throws {
    let text = """
      # A model.
      plumb: 1
      data: {source: a.csv, target: y}
      model:
        hidden_layers: [8, 4]   # two
      training: {epochs: 5}     # few

      # What to search.
      search:
        space:
          model.hidden_layers[1]: {integer: [2, 8]}
      """ + "\n"
    #expect(
      try tuned(
        text,
        [
          ("model.hidden_layers[1]", "6"), ("training.learning_rate.start", "0.02"),
          ("model.activation", "tanh"),
        ]) == """
        # A model.
        plumb: 1
        data: {source: a.csv, target: y}
        model:
          hidden_layers: [8, 6]   # two
          activation: tanh
        training: {epochs: 5, learning_rate: {start: 0.02}}     # few

        """)
  }

  @Test("what stands after the search stays, and so does a spec without one")
  func middle() throws {
    let text = "plumb: 1\nsearch: {trials: 3}\n# Rows.\ndata: {source: a.csv, target: y}\n"
    #expect(
      try tuned(text, [("training.epochs", "7")])
        == "plumb: 1\n# Rows.\ndata: {source: a.csv, target: y}\ntraining:\n  epochs: 7\n")
    let flow = "{plumb: 1, data: {source: a.csv, target: y}, search: {trials: 3}}\n"
    #expect(
      try tuned(flow, [("training.epochs", "7")])
        == "{plumb: 1, data: {source: a.csv, target: y}, training: {epochs: 7}}\n")
  }

  @Test("a value that cannot be set alone is written with what is around it")
  func around() throws {
    let text = """
      plumb: 1
      data: {source: a.csv, target: y}
      model: {layers: [&d {dense: {units: 8}}, *d]}
      """ + "\n"
    let result = try tuned(text, [("model.layers[1].dense.units", "5")])
    #expect(
      result.contains("layers: [&d {dense: {units: 8}}, {dense: {units: 5}}]"), "\(result)")
  }

  @Test("a text that was changed is noticed")
  func seal() throws {
    let source = SourceText(name: "a.yaml", text: "plumb: 1\ndata: {source: a.csv, target: y}\n")
    let spec = try TunedSpec(
      source, setting: [], effective: compile(source), head: ["a", "b"], named: "b.yaml")
    let bytes = spec.source.bytes
    #expect(TunedSpec.isUntouched(bytes) && !TunedSpec.isUntouched(bytes + [0x0A]))
    #expect(!TunedSpec.isUntouched(source.bytes) && !TunedSpec.isUntouched([]))
  }
}
