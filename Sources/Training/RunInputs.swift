public import Tables

/// A column that a run needs to predict.
public struct RunInput: Sendable, Hashable {
  public let name: String
  public let kind: FeaturePlan.Kind
  /// The categories that training has seen; empty for other kinds.
  public let levels: [String]
  /// Whether a row with a category that training has not seen is refused.
  public let refusesUnknown: Bool
  /// How dates are written; nil for other kinds.
  public let dateOrder: DateOrder?
  /// A typical cell, as a table would have it.
  public let example: String

  init(_ feature: FittedFeature) {
    (name, kind, dateOrder) = (feature.plan.column, feature.plan.kind, feature.dateOrder)
    refusesUnknown = kind == .category && feature.plan.unknown == .error
    if case .levels(let seen) = feature.encoding { levels = seen } else { levels = [] }
    example =
      switch feature.encoding {
      case .number(let fit) where kind == .boolean: fit.fill >= 0.5 ? "true" : "false"
      case .number(let fit): numberText(fit.fill)
      case .bins(let bins): numberText(bins.fit.fill)
      case .levels(let levels): levels.first ?? ""
      case .parts(let parts): Self.date(parts, dateOrder ?? .yearFirst)
      }
  }

  /// A day in a typical year.
  private static func date(_ parts: [FittedFeature.FittedPart], _ order: DateOrder) -> String {
    let year = parts.first { $0.part == .year }.map { Int($0.fit.fill.rounded()) } ?? 2024
    return switch order {
    case .yearFirst: "\(year)-06-15"
    case .dayFirst: "15.06.\(year)"
    case .monthFirst: "06/15/\(year)"
    }
  }
}

/// A number as a cell of a table; whole numbers without a fraction.
private func numberText(_ number: Double) -> String {
  let text = "\(number)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

extension Run {
  /// The columns that a table to be predicted must have, in the order of the network's inputs.
  public var inputs: [RunInput] { encoding.features.features.map { RunInput($0) } }
}
