internal import NetworkGraph
internal import SpecSyntax

extension TrainingError {
  /// A number of the network is infinite or undefined.
  static func diverged(
    at place: NonFinite, step: Int, epoch: Int, rate: Double, _ recipe: Recipe
  ) -> TrainingError {
    guard place.fault == nil else { return unknownIndex(place, "step \(step), in epoch \(epoch)") }
    var hints: [String] = []
    if place.kind == .input {
      hints.append("scale the inputs: `data: {numeric: {scale: standard}}`")
    } else {
      hints.append(
        "lower `training.learning_rate`: it was \(numberText(shortened(rate))), "
          + "try \(numberText(shortened(saner(rate, recipe))))")
      if recipe.rules.clipping == GradientClipping() {
        hints.append("bound the gradient: `training: {gradient_clipping: {norm: 1}}`")
      }
      hints.append("look for very large values in the inputs and in the target")
    }
    return TrainingError(
      "the numbers ran off at step \(step), in epoch \(epoch): \(place.place) is not finite",
      kind: .diverged(place), hints: hints)
  }

  /// A number that an embedding cannot look up; `moment` says when it was met.
  static func unknownIndex(_ place: NonFinite, _ moment: String) -> TrainingError {
    TrainingError(
      "\(place.place), at \(moment): \(place.fault ?? "it names no level")",
      kind: .diverged(place),
      hints: ["an `embedding` takes whole numbers as they are: give their column `scale: none`"])
  }

  /// Outputs for some rows of a table that are no numbers.
  static func notFinite(_ place: NonFinite) -> TrainingError {
    guard place.fault == nil else { return unknownIndex(place, "prediction") }
    return TrainingError(
      "the predictions are no numbers: \(place.place) is not finite", kind: .diverged(place),
      hints: ["look for very large values in the inputs"])
  }

  /// What is usual with the optimiser, or a tenth where the rate was no higher than that.
  private static func saner(_ rate: Double, _ recipe: Recipe) -> Double {
    min(rate / 10, type(of: recipe.optimizer).usualLearningRate)
  }

  /// Three digits are enough in a sentence.
  private static func shortened(_ rate: Double) -> Double {
    guard rate > 0, rate.isFinite else { return rate }
    guard rate < 1000 else { return Double("\(Float(rate))") ?? rate }
    var (scale, digits) = (1.0, rate)
    while digits < 100 { (digits, scale) = (digits * 10, scale * 10) }
    return digits.rounded() / scale
  }
}
