import NetworkGraph
import SpecSyntax

extension Rule {
  static let dropoutRateOutOfRange = Rule(
    code: "R702", name: "dropout-rate-out-of-range", level: .warning,
    title: "dropout that takes too much, or was meant as what is kept",
    needs: [.spec], evidence: .controlled,
    rationale: """
      `dropout` is the share that is set to zero; older programs give the share that is kept, and \
      0.8 there is 0.2 here. Above a half the loss of signal usually outweighs the \
      regularisation, and on the inputs above a fifth. As advice where fewer than 8 units are \
      left on average (a proposal). The best rates on eleven tables lay between 0 and 0.49, half \
      of them under 0.2. Below 0 and from 1 upwards the language refuses it.
      """,
    source: """
      Srivastava et al. 2014, appendix A (0.2 to 0.5 of hidden units, about 0.2 of inputs); \
      RealMLP (0.15); search range and run records of Gorishniy et al. 2021.
      """,
    failsWhen: "Layers are very wide and rows very few.",
    examples: [
      .fires(
        """
        model:
          hidden_layers: [64, 64]
          dropout: 0.8   #! R702
        """,
        fixed: """
          model:
            hidden_layers: [64, 64]
            dropout: 0.2
          """),
      .fires(
        """
        model:
          hidden_layers: [8]
          dropout: 0.4   #! R702
        """,
        fixed: """
          model:
            hidden_layers: [8]
            dropout: 0
          """),
      .fires(
        """
        model:
          layers:
            - dropout: 0.5   #! R702
            - dense: {units: 64, activation: relu}
        """,
        fixed: """
          model:
            layers:
              - dropout: 0.1
              - dense: {units: 64, activation: relu}
          """),
      .fires(
        """
        model:
          layers:
            - dense: {units: 64, activation: relu}
            - dropout: {rate: 0.6}   #! R702
        """,
        fixed: """
          model:
            layers:
              - dense: {units: 64, activation: relu}
              - dropout: {rate: 0.3}
          """),
      .silent("model: {hidden_layers: [64, 64], dropout: 0.2}"),
      .silent(
        """
        model:
          layers:
            - dropout: 0.1
            - dense: {units: 64, activation: relu}
            - dropout: 0.5
        """),
      .refused("K103", "model: {dropout: 1}"),
    ]
  ) { facts, report in
    for layer in facts.dropoutLayers {
      guard facts.isWritten(layer.path), let fault = layer.fault else { continue }
      report.at(
        layer.path, fault.message, label: fault.label, level: fault.level,
        remedies: [.set(layer.path, .number(layer.better), "use \(numberText(layer.better))")])
    }
  }
}

/// A place where values are set to zero at random.
private struct DropoutLayer {
  var rate: Double
  var path: SpecPath
  /// Whether nothing is learnt before it, so that it acts on the inputs.
  var isOfInputs: Bool
  /// Units of the dense layer before it; nil after anything else.
  var units: Int?

  /// The highest rate that is usual here.
  private var limit: Double { isOfInputs ? 0.2 : 0.5 }

  /// Units that are left on average, of a dense layer.
  private var kept: Double? { units.map { Double($0) * (1 - rate) } }

  /// What is wrong with the rate; nil for nothing.
  var fault: (message: String, label: String, level: Level)? {
    guard rate <= limit else {
      let place = isOfInputs ? "inputs" : "hidden values"
      let isKeepRate = rate >= 0.7 && rate <= 0.95
      return (
        "dropout sets \(percentText(rate)) of the \(place) to zero",
        isKeepRate ? "perhaps meant as the share that is kept" : "", .warning
      )
    }
    guard rate > 0, let kept, let units, kept < 8 else { return nil }
    return (
      "dropout leaves about \(roundedText(kept)) of \(counted(units, "unit"))", "", .advice
    )
  }

  /// A rate that is usual here, or none where it would leave too few units.
  var better: Double {
    var better = isOfInputs ? 0.1 : rate >= 0.7 && rate <= 0.95 ? threeDigits(1 - rate) : 0.3
    if rate <= limit { better = min(rate, 0.1) }
    if let units, Double(units) * (1 - better) < 8 { better = 0 }
    return better
  }
}

extension Facts {
  /// Every dropout of the network, in its order.
  fileprivate var dropoutLayers: [DropoutLayer] {
    guard let layers = spec.model.layers else {
      guard let units = hiddenWidths.min() else { return [] }
      return [
        DropoutLayer(
          rate: spec.model.dropout, path: "model.dropout", isOfInputs: false, units: units)
      ]
    }
    var found: [DropoutLayer] = []
    var (isOfInputs, units) = (true, Int?.none)
    for layer in layers {
      switch layer.op {
      case let op as Dropout: found.append(.init(op.rate, layer, isOfInputs, units, tree))
      case let op as AlphaDropout: found.append(.init(op.rate, layer, isOfInputs, units, tree))
      case let op as Dense: (isOfInputs, units) = (false, op.units)
      case is any WeightedOp, is GroupedDense, is Embedding: (isOfInputs, units) = (false, nil)
      default: break
      }
    }
    return found
  }
}

extension DropoutLayer {
  fileprivate init(
    _ rate: Double, _ layer: LayerSpec, _ isOfInputs: Bool, _ units: Int?, _ tree: SyntaxTree
  ) {
    let path = layer.path.key(layer.op.name)
    self.rate = rate
    // A bare number in place of the fields is the rate.
    self.path = tree.root.at(path)?.mapping == nil ? path : path.key("rate")
    self.isOfInputs = isOfInputs
    self.units = units
  }
}
