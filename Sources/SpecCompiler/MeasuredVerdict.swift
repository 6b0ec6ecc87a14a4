import SpecSyntax

/// What training a spec with and without a piece of advice showed.
public struct MeasuredVerdict: Sendable, Codable, Hashable {
  public enum Finding: String, Sendable, Codable {
    case helps, harms
    /// The whole interval lies within the margin.
    case noDifference = "no_difference"
    case notEnough = "not_enough_evidence"
  }

  /// A difference as pairs show it that had no part in the finding.
  ///
  /// Where pairs are looked at as they come in, a difference is told sooner when chance makes it
  /// large, so what was seen then is too much in the mean.
  public struct Fresh: Sendable, Codable, Hashable {
    public var difference: Double
    /// Half the width of the 95 % interval around it.
    public var halfWidth: Double
    public var pairs: Int

    public init(difference: Double, halfWidth: Double, pairs: Int) {
      (self.difference, self.halfWidth, self.pairs) = (difference, halfWidth, pairs)
    }

    /// `+0.009 ± 0.004 over 20 fresh pairs`.
    public var words: String {
      "\(SpecCompiler.differenceText(difference, halfWidth)) over "
        + counted(pairs, "fresh pair")
    }
  }

  public var finding: Finding
  /// The score, as a spec names it.
  public var metric: String
  /// Mean over the pairs of the score with the edit less that without; nil without scores.
  public var difference: Double?
  /// Half the width of the interval around the difference; nil of fewer than two pairs.
  public var halfWidth: Double?
  /// How many pairs of trainings that rests on.
  public var pairs: Int
  /// The smallest difference that matters.
  public var margin: Double?
  /// What decided in place of the scores, or why nothing is decided.
  public var reason: String?
  /// What pairs show that were trained after the verdict; nil without such pairs.
  public var fresh: Fresh?

  public init(
    _ finding: Finding, metric: String, difference: Double? = nil, halfWidth: Double? = nil,
    pairs: Int, margin: Double? = nil, reason: String? = nil
  ) {
    (self.finding, self.metric, self.pairs, self.margin) = (finding, metric, pairs, margin)
    (self.difference, self.halfWidth, self.reason) = (difference, halfWidth, reason)
  }

  /// Whether taking the advice is not worth it.
  public var isRefusal: Bool { finding == .harms || finding == .noDifference }

  /// The finding alone.
  public var title: String {
    switch finding {
    case .helps: "helps"
    case .harms: "harms"
    case .noDifference: "no difference" + (margin.map { " within ±\(roundedText($0))" } ?? "")
    case .notEnough: "not enough evidence"
    }
  }

  /// `+0.012 ± 0.004`, both with the decimals of the interval's two digits; nil without scores.
  public var differenceText: String? {
    difference.map { SpecCompiler.differenceText($0, halfWidth) }
  }

  /// The verdict in one line: "helps, accuracy +0.012 ± 0.004 over 20 pairs".
  public var words: String {
    let scores = differenceText.map { ", \(metric) \($0)" } ?? ""
    let because = finding != .notEnough ? reason.map { ": \($0)" } ?? "" : ""
    let later = fresh.map { "; \($0.words)" } ?? ""
    return "\(title)\(because)\(scores) over \(counted(pairs, "pair"))\(later)"
  }
}

/// `+0.012 ± 0.004`, both with the decimals of the interval's two digits; without an interval the
/// difference alone.
public func differenceText(_ difference: Double, _ halfWidth: Double?) -> String {
  if difference == 0, halfWidth == 0 { return "0 ± 0" }
  guard let halfWidth else { return signed(decimalText(difference, 4)) }
  let decimals = decimals(of: halfWidth)
  return "\(signed(decimalText(difference, decimals))) ± \(decimalText(halfWidth, decimals))"
}

/// How many decimals show a positive number with two digits, at most twelve.
private func decimals(of value: Double) -> Int {
  var (scaled, count) = (abs(value), 0)
  while scaled > 0, scaled < 9.95, count < 12 { (scaled, count) = (scaled * 10, count + 1) }
  return scaled == 0 ? 4 : count
}

private func signed(_ text: String) -> String {
  if text.hasPrefix("-") { return "−" + text.dropFirst() }
  return text.contains { $0 != "0" && $0 != "." } ? "+" + text : text
}

/// A number with so many decimals; one beyond 10¹⁵ in its shortest form.
func decimalText(_ value: Double, _ decimals: Int) -> String {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 1e15 else { return roundedText(value) }
  let digits = String(Int(scaled))
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let whole = String(padded.dropLast(decimals))
  let text = decimals == 0 ? whole : whole + "." + String(padded.suffix(decimals))
  return value < 0 && scaled > 0 ? "-" + text : text
}
