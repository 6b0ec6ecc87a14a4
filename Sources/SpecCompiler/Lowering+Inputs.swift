import NetworkGraph
import SpecSyntax
import Tensors

extension GraphBuilder {
  /// Adds what stands between the encoder's inputs and the first layer; nothing where that sees
  /// them as they are.
  mutating func addInputs(
    _ layout: InputLayout, _ data: DataSection, into log: inout DiagnosticLog
  ) {
    guard !layout.isPlain else { return }
    var parts: [Reference] = []
    var numberOf: [String: Int] = [:]
    for group in layout.groups {
      let positions = group.columns.flatMap { Array($0.raw) }
      guard !positions.isEmpty else { continue }
      var name = group.treatment.name
      if case .level = group.treatment { name += ".\(group.columns[0].name)" }
      numberOf[name, default: 0] += 1
      if let number = numberOf[name], number > 1 { name += "\(number)" }
      let place = group.treatment.isOfCategory ? data.category.$encode : data.numeric.$embed
      var last = Reference(Reference.input)
      func add(_ op: any Op, _ suffix: String, to builder: inout GraphBuilder) {
        let located = Located(wrappedValue: name + suffix, at: place)
        builder.add(op, name: located, from: [last], at: place, path: "data", into: &log)
        last = Reference(name + suffix)
      }
      if positions != Array(0..<layout.rawWidth) {
        let isWhole = group.treatment == .plain
        add(Select(positions: positions, at: place), isWhole ? "" : ".columns", to: &self)
      }
      for (op, suffix) in group.treatment.operations(columns: group.columns.count, at: place) {
        add(op, suffix, to: &self)
      }
      parts.append(last)
    }
    if parts.count > 1 {
      let name = Located(wrappedValue: "input.joined", at: data.$source)
      add(Concat(), name: name, from: parts, at: data.$source, path: "data", into: &log)
    }
    useLastLayerAsInput()
  }
}

extension InputLayout.Treatment {
  /// How its operations are called.
  fileprivate var name: String {
    switch self {
    case .plain: "input.plain"
    case .periodic: "input.periodic"
    case .binned: "input.binned"
    case .level: "embedding"
    }
  }

  fileprivate var isOfCategory: Bool {
    if case .level = self { true } else { false }
  }

  /// The operations, first to last, each with what its name ends in.
  fileprivate func operations(
    columns: Int, at place: SourceRange
  ) -> [(op: any Op, suffix: String)] {
    switch self {
    case .plain: return []
    case .level(let levels, let size, let hasUnknown):
      let rows = levels + (hasUnknown ? 1 : 0)
      return [(Embedding(levels: rows, size: size, hasUnknown: hasUnknown, at: place), "")]
    case .binned(_, let size):
      let dense = GroupedDense(
        groups: columns, units: size, activation: .relu, isShared: false, at: place)
      return [(dense, "")]
    case .periodic(let settings):
      let dense = GroupedDense(
        groups: columns, units: settings.size, activation: .relu, isShared: settings.isShared,
        at: place)
      return [
        (Periodic(frequencies: settings.frequencies, sigma: settings.sigma, at: place), ".turns"),
        (dense, ""),
      ]
    }
  }
}
