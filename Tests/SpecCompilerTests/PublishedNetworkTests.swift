import SpecSyntax
import Testing

@testable import SpecCompiler

/// What a published record says beside the widths, and what is known to be found about it.
struct TunedSetting {
  var name: String
  /// What the target is, where its outputs do not tell: one output is two classes or a number.
  var isRegression = false
  /// Rate, dropout and decay of the record. Where it was not at hand, none: the study searched
  /// that too, and it is the hardest case.
  var rate = 0.0005
  var dropout = 0.0
  var decay = 0.0
  /// Warnings that are false alarms here, named in the rule as the case in which it fails.
  var falseAlarms: [String] = []

  static let all = [
    TunedSetting(name: "California housing", isRegression: true),
    TunedSetting(name: "Helena", rate: 0.00051, dropout: 0.27, decay: 0.00049),
    TunedSetting(name: "Jannis"), TunedSetting(name: "Higgs small"), TunedSetting(name: "ALOI"),
    TunedSetting(name: "Epsilon", rate: 0.000056, decay: 0.00086, falseAlarms: ["A206"]),
    TunedSetting(name: "Year", isRegression: true),
    TunedSetting(name: "Covertype", rate: 0.000063, dropout: 0.081, falseAlarms: ["A211"]),
    TunedSetting(name: "Yahoo", isRegression: true),
    TunedSetting(name: "Microsoft", isRegression: true),
  ]
}

@Suite("networks that others tuned")
struct PublishedNetworkTests {
  @Test("every published network has its setting, and every setting its network")
  func pairs() {
    #expect(TunedSetting.all.map(\.name) == PublishedNetwork.all.map(\.name))
  }

  @Test(
    "raise no error, and no warning but the known false alarms",
    arguments: PublishedNetwork.all.indices)
  func quiet(index: Int) throws {
    let (network, setting) = (PublishedNetwork.all[index], TunedSetting.all[index])
    let classes = setting.isRegression ? nil : max(2, network.outputs)
    let batch = network.rows < 20_000 ? 256 : network.rows < 100_000 ? 512 : 1024
    let spec = try RuleExampleSpec(
      """
      model:
        hidden_layers: [\(network.widths.map(String.init).joined(separator: ", "))]
        dropout: \(setting.dropout)
      training:
        optimizer: {adamw: {weight_decay: \(setting.decay)}}
        learning_rate: \(setting.rate)
        batch_size: \(batch)
        epochs: 500
        early_stopping: {monitor: validation.loss, patience: 16, restore_best: true}
        seed: 0
      """,
      table: ExampleTable(rows: network.rows / 4 * 5, inputs: network.inputs, classes: classes),
      probe: nil)
    #expect(spec.problems.map(\.message) == [])
    #expect(spec.facts.outputUnits == network.outputs)
    // The records hold no columns, so rules on data have only a made-up table before them.
    let rules = Rules.all.filter { !$0.code.hasPrefix("D") }
    let findings = rules.flatMap { $0.findings(spec.facts) }
    #expect(findings.filter { $0.level == .error }.map(\.message) == [])
    // Columns of the made-up table repeat each other, those of the real ones do not.
    let warnings = findings.filter { $0.level == .warning && $0.code.code != "D110" }
    #expect(warnings.map(\.code.code) == setting.falseAlarms, "\(warnings.map(\.message))")
  }
}

@Suite("what a run showed")
struct ProbeTests {
  @Test("the calibration error is 0 where predictions are as sure as they are right")
  func calibrated() throws {
    let sure = Array(repeating: 0.75, count: 8)
    let right = [true, true, true, false, true, true, true, false]
    let error = try #require(Probe.calibrationError(confidence: sure, isRight: right))
    #expect(abs(error) < 1e-12)
    #expect(Probe.calibrationError(confidence: [], isRight: []) == nil)
  }

  @Test("the calibration error weighs each interval by its rows")
  func overconfident() throws {
    // Three rows at 1, of which one is right, and one at 0.5 that is right: (2 + 0.5) / 4.
    let error = try #require(
      Probe.calibrationError(
        confidence: [1, 1, 1, 0.5], isRight: [true, false, false, true]))
    #expect(abs(error - 0.625) < 1e-12)
  }
}
