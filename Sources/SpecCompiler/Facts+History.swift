import NetworkGraph
import SpecSyntax

extension Facts {
  /// The facts about the earlier spec, on the table as it is now; nil where there is none.
  var before: Facts? {
    earlier.map {
      Facts(
        spec: $0, tree: tree, profile: profile, inputWidth: inputWidth, outputUnits: outputUnits)
    }
  }

  /// η: the rate of the first full step, once it is decided.
  var startRate: Double? { spec.training.learningRate.start.value }

  /// The mean of the rate over all steps, after the schedule itself; nil while that is open.
  ///
  /// Schedules that wait for the validation loss are taken as if it never stopped falling.
  var meanRate: Double? {
    guard startRate != nil, let totalSteps, let stepsPerEpoch, totalSteps > 0 else { return nil }
    let schedule = spec.training.learningRate.schedule
    // More points would change the mean by less than anybody acts on.
    let points = min(totalSteps, 256)
    let rates = (0..<points).map { point in
      schedule.rate(
        at: TrainingProgress(
          step: (2 * point + 1) * totalSteps / (2 * points), totalSteps: totalSteps,
          stepsPerEpoch: stepsPerEpoch))
    }
    return rates.reduce(0, +) / Double(points)
  }

  /// The setting that starts the schedule at another rate.
  func rateSetting(_ rate: Double) -> (path: SpecPath, value: PlainValue) {
    (ratePath, .number(threeDigits(rate)))
  }

  /// Whether the optimiser divides by the size of past gradients as Adam does.
  var isAdamFamily: Bool {
    [Adam.name, AdamW.name, NAdam.name, RAdam.name].contains(optimizerName ?? "")
  }

  /// Whether a step is as long as the gradient is large.
  var isSGDFamily: Bool {
    [SGD.name, Momentum.name, Nesterov.name].contains(optimizerName ?? "")
  }

  /// The mean of the hidden widths; nil for a linear model.
  var meanWidth: Double? {
    hiddenWidths.isEmpty ? nil : Double(hiddenWidths.reduce(0, +)) / Double(hiddenWidths.count)
  }

  /// Whether any layer normalises or a sum leads around layers.
  var hasStabilisers: Bool {
    usesNormalization || spec.model.layers?.contains { $0.op is Add } ?? false
  }

  /// The setting of dropout after every hidden layer; nil where layers say it one by one.
  func dropoutSetting(_ rate: Double) -> (path: SpecPath, value: PlainValue)? {
    spec.model.layers == nil ? ("model.dropout", .number(rate)) : nil
  }

  /// The setting of the weight decay of `adamw`; nil for other optimisers.
  func decaySetting(_ decay: Double) -> (path: SpecPath, value: PlainValue)? {
    guard optimizerName == AdamW.name else { return nil }
    let path: SpecPath = "training.optimizer.adamw.weight_decay"
    if isWritten(path) { return (path, .number(decay)) }
    return (
      "training.optimizer",
      .map([.init("adamw", .map([.init("weight_decay", .number(decay))]))])
    )
  }
}

/// A ratio in words: "8 times", "a quarter of".
func timesText(_ ratio: Double) -> String { "\(roundedText(ratio)) times" }
