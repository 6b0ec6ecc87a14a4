import Foundation

/// The broad ranges that placebos, natural specs and the random search draw values from.
struct Prior {
  let size: TableSize

  /// A value for a key; nil for keys that nothing can be drawn for.
  func draw(_ path: String, _ source: inout SeededSource) -> String? {
    switch path {
    case "model.hidden_layers": return hiddenLayers(&source)
    case _ where path.hasPrefix("model.hidden_layers["): return "\(whole(8, 256, &source))"
    case "model.dropout": return source.one(of: ["0", "0.1", "0.2", "0.3", "0.5"])
    case "model.activation": return source.one(of: ["relu", "gelu", "silu", "tanh", "sigmoid"])
    case "model.initializer": return source.one(of: ["he", "glorot", "lecun"])
    case "model.normalization": return source.one(of: ["none", "layer", "batch"])
    case "training.loss": return loss(&source)
    case "training.loss.huber.delta": return real(0.01, 10, &source)
    case "training.class_weights": return source.one(of: ["none", "balanced"])
    case "data.target_scale": return source.one(of: ["none", "standard"])
    case "data.split.validation": return source.one(of: ["10%", "15%", "20%", "30%"])
    case "training.batch_size": return "\(whole(4, 512, &source))"
    case "training.gradient_accumulation": return "\(whole(1, 16, &source))"
    case "training.epochs": return "\(whole(10, 200, &source))"
    case "training.regularization.l2": return real(1e-6, 1e-2, &source)
    case _ where path.hasPrefix("training.optimizer"): return optimizer(path, &source)
    case _ where path.hasPrefix("training.learning_rate"): return rate(path, &source)
    case _ where path.hasPrefix("training.early_stopping"): return stopping(path, &source)
    default: return nil
    }
  }

  /// The keys that a natural spec draws, in the order of drawing.
  var naturalKeys: [String] {
    var keys = [
      "model.hidden_layers", "model.activation", "model.normalization", "model.dropout",
      "training.optimizer", "training.learning_rate", "training.batch_size", "training.epochs",
      "training.early_stopping",
    ]
    keys += size.isClasses ? ["training.class_weights"] : ["training.loss", "data.target_scale"]
    return keys
  }

  /// A spec drawn from the prior, by a number.
  func natural(_ number: Int, table: String) -> Settings {
    var source = SeededSource("natural \(table)", number)
    var settings = Settings()
    for key in naturalKeys {
      // Half of what people leave alone stays as it was.
      let isSet = ["model.hidden_layers", "training.learning_rate"].contains(key)
        || source.fraction() < 0.5
      guard isSet, let text = draw(key, &source) else { continue }
      settings.set(key, to: text)
    }
    return settings
  }

  /// A trial of the search whose best stands for what can be reached.
  func trial(_ number: Int, table: String) -> Settings {
    var source = SeededSource("search \(table)", number)
    var settings = Settings()
    let depth = source.one(of: [0, 1, 1, 2, 2, 3])
    let width = whole(16, 256, &source)
    settings.set(
      "model.hidden_layers", to: "[" + Array(repeating: "\(width)", count: depth)
        .joined(separator: ", ") + "]")
    settings.set("model.activation", to: source.one(of: ["relu", "gelu", "tanh"]))
    settings.set("model.dropout", to: source.one(of: ["0", "0", "0.1", "0.3"]))
    let (start, decay) = (real(3e-4, 3e-2, &source), real(1e-4, 0.3, &source))
    let schedule = source.one(of: ["constant", "cosine", "one_cycle"])
    settings.set("training.learning_rate", to: schedule == "constant"
      ? start : "{schedule: \(schedule), start: \(start)}")
    settings.set("training.optimizer", to: "{adamw: {weight_decay: \(decay)}}")
    settings.set("training.batch_size", to: source.one(of: ["16", "32", "64", "128"]))
    settings.set("training.early_stopping", to: schedule == "constant"
      ? "{patience: 20}" : "{patience: 200}")
    if !size.isClasses {
      let losses = ["mse", "mse", "{huber: {delta: 1}}", "mae"]
      settings.set("training.loss", to: source.one(of: losses))
    }
    return settings
  }

  private func hiddenLayers(_ source: inout SeededSource) -> String {
    let depth = source.one(of: [0, 1, 1, 1, 2, 2, 3, 4, 7])
    let width = whole(2, 256, &source)
    return "[" + Array(repeating: "\(width)", count: depth).joined(separator: ", ") + "]"
  }

  private func loss(_ source: inout SeededSource) -> String {
    guard !size.isClasses else { return "auto" }
    return source.one(of: ["mse", "mae", "{huber: {delta: \(real(0.005, 20, &source))}}"])
  }

  private func optimizer(_ path: String, _ source: inout SeededSource) -> String? {
    switch path {
    case "training.optimizer":
      let decay = real(1e-4, 0.3, &source)
      return source.one(of: [
        "adam", "{adamw: {weight_decay: \(decay)}}", "{adam: {weight_decay: \(decay)}}", "sgd",
        "{sgd: {momentum: 0.9, nesterov: true}}", "{momentum: {momentum: 0.995}}", "rmsprop",
      ])
    case _ where path.hasSuffix("weight_decay"): return real(1e-4, 0.3, &source)
    case _ where path.hasSuffix("momentum"):
      return source.one(of: ["0", "0.5", "0.8", "0.9", "0.95", "0.99"])
    default: return nil
    }
  }

  private func rate(_ path: String, _ source: inout SeededSource) -> String? {
    switch path {
    case "training.learning_rate":
      let start = real(1e-5, 0.3, &source)
      let extra = source.one(of: [
        "cosine", "one_cycle", "cosine, warmup: 20%", "step, every: \(whole(1, 100, &source))",
        "reduce_on_plateau, patience: \(whole(2, 30, &source))",
        "cosine_restarts, period: \(whole(5, 60, &source))",
      ])
      return source.fraction() < 0.5 ? start : "{start: \(start), schedule: \(extra)}"
    case "training.learning_rate.start", "training.learning_rate.peak":
      return real(1e-5, 0.3, &source)
    case "training.learning_rate.schedule":
      return source.one(of: ["constant", "cosine", "polynomial", "one_cycle"])
    case "training.learning_rate.warmup", "training.learning_rate.rise":
      return source.one(of: ["1%", "5%", "10%", "30%", "50%", "80%"])
    case "training.learning_rate.milestones":
      return source.one(of: ["[20%]", "[50%]", "[30%, 60%]", "[60%, 85%]", "[80%, 95%]"])
    case "training.learning_rate.period", "training.learning_rate.every",
      "training.learning_rate.patience":
      return "\(whole(2, 60, &source))"
    case "training.learning_rate.factor":
      return source.one(of: ["0.1", "0.3", "0.5", "0.9", "0.97"])
    default: return nil
    }
  }

  private func stopping(_ path: String, _ source: inout SeededSource) -> String? {
    switch path {
    case "training.early_stopping":
      let patience = whole(1, 60, &source)
      return source.one(of: [
        "none", "{patience: \(patience)}", "{patience: \(patience), restore_best: false}",
        "{patience: \(patience), monitor: training.loss}",
      ])
    case _ where path.hasSuffix("patience"): return "\(whole(1, 60, &source))"
    case _ where path.hasSuffix("restore_best"): return source.one(of: ["true", "false"])
    case _ where path.hasSuffix("monitor"):
      return source.one(of: ["training.loss", "validation.loss"])
    default: return nil
    }
  }

  /// A whole number, every factor as likely.
  private func whole(_ low: Int, _ high: Int, _ source: inout SeededSource) -> Int {
    let value = exp(log(Double(low)) + source.fraction() * log(Double(high) / Double(low)))
    return min(high, max(low, Int(value.rounded())))
  }

  /// A number of three digits, every factor as likely.
  private func real(_ low: Double, _ high: Double, _ source: inout SeededSource) -> String {
    let value = exp(log(low) + source.fraction() * log(high / low))
    return String(format: "%.3g", value)
  }
}
