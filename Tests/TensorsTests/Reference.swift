import Foundation
import Tensors

/// The mathematics the kernels approximate, in double precision.
enum Reference {
  static func value(_ activation: Activation, _ x: Double) -> Double {
    let seluScale = 1.0507009873554805
    let seluAlpha = 1.6732632423543772
    return switch activation {
    case .linear: x
    case .relu: max(x, 0)
    case .leakyRelu(let slope): x < 0 ? Double(slope) * x : x
    case .elu(let alpha): x > 0 ? x : Double(alpha) * expm1(x)
    case .selu: seluScale * (x > 0 ? x : seluAlpha * expm1(x))
    case .gelu: 0.5 * x * erfc(-x / 2.0.squareRoot())
    case .silu: x / (1 + exp(-x))
    case .mish: x * Foundation.tanh(softplus(x))
    case .softplus: softplus(x)
    case .tanh: Foundation.tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    case .hardSigmoid: min(max(x + 3, 0), 6) / 6
    case .hardSwish: x * min(max(x + 3, 0), 6) / 6
    case .hardTanh: min(max(x, -1), 1)
    case .relu6: min(max(x, 0), 6)
    }
  }

  /// The central difference of `value`.
  static func slope(_ activation: Activation, _ x: Double) -> Double {
    let step = 1e-6
    return (value(activation, x + step) - value(activation, x - step)) / (2 * step)
  }

  static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

  /// Minus the logarithm of the smoothed softmax of one example.
  static func crossEntropy(_ logits: [Double], target: Int, smoothing: Double) -> Double {
    let highest = logits.max() ?? 0
    let total = highest + log(logits.reduce(0) { $0 + exp($1 - highest) })
    let share = smoothing / Double(logits.count)
    return logits.enumerated().reduce(0) { sum, logit in
      sum + (total - logit.element) * (share + (logit.offset == target ? 1 - smoothing : 0))
    }
  }

  /// The focal loss of one example against its smoothed target.
  static func focal(
    _ logits: [Double], target: Int, focus: Double, smoothing: Double
  ) -> Double {
    let highest = logits.max() ?? 0
    let total = logits.reduce(0) { $0 + exp($1 - highest) }
    let share = smoothing / Double(logits.count)
    return logits.indices.reduce(0) { sum, c in
      let others = logits.indices.reduce(0) { $1 == c ? $0 : $0 + exp(logits[$1] - highest) }
      let logarithm = logits[c] - highest - log(total)
      let wanted = share + (c == target ? 1 - smoothing : 0)
      return sum - wanted * pow(others / total, focus) * logarithm
    }
  }

  /// What the margin of one example lacks to 1: of one score by its sign, of several by the best.
  static func lackOfMargin(_ scores: [Double], target: Int) -> Double {
    guard scores.count > 1 else { return max(0, 1 - (target == 1 ? scores[0] : -scores[0])) }
    let rival = scores.indices.filter { $0 != target }.map { scores[$0] }.max() ?? 0
    return max(0, 1 + rival - scores[target])
  }

  static func softmax(_ logits: [Double]) -> [Double] {
    let highest = logits.max() ?? 0
    let total = logits.reduce(0) { $0 + exp($1 - highest) }
    return logits.map { exp($0 - highest) / total }
  }
}
