import NetworkGraph
import SpecSyntax

extension Rule {
  static let dropoutBeforeBatchNorm = Rule(
    code: "R703", name: "dropout-before-batch-norm", level: .warning,
    title: "dropout before a batch normalization",
    needs: [.spec], evidence: .controlled,
    rationale: """
      Dropout changes the variance of values in training and not afterwards, but batch \
      normalization goes on using the variance of training: predictions shift. Reported where \
      dropped values reach a `batch_norm` without another normalization between; in a stack of \
      two hidden layers or more, each dropout stands before the next layer's normalization. As \
      advice where `add` joins branches, because residual networks on tables work with both.
      """,
    source: "Li et al. 2019 (arXiv 1801.05134); Karpathy 2019.",
    failsWhen: """
      Layers are wide and the rate is small; tuned residual networks use batch normalization with \
      0.15 to 0.5 (Gorishniy et al. 2021).
      """,
    conflict: """
      sources disagree: the shift of variance is shown for plain stacks, while strong residual \
      networks on tables use both
      """,
    examples: [
      .fires(
        """
        model:
          hidden_layers: [64, 64]
          normalization: batch   #! R703
          dropout: 0.2
        """,
        fixed: """
          model:
            hidden_layers: [64, 64]
            normalization: layer
            dropout: 0.2
          """),
      .fires(
        """
        model:
          layers:
            - dense: 64
            - relu
            - dropout: 0.4
            - dense: 64
            - batch_norm   #! R703
            - relu
        """,
        fixed: """
          model:
            layers:
              - dense: 64
              - relu
              - dropout: 0.4
              - dense: 64
              - layer_norm
              - relu
          """),
      .silent(
        """
        model:
          layers:
            - dense: 64
            - batch_norm
            - relu
            - dense: 64
            - batch_norm
            - relu
            - dropout: 0.2
        """),
      .silent("model: {hidden_layers: [64], normalization: batch, dropout: 0.2}"),
      .silent("model: {hidden_layers: [64, 64], normalization: layer, dropout: 0.2}"),
    ]
  ) { facts, report in
    for place in facts.normalizationsOfDropout where facts.isWritten(place.path) {
      report.at(
        place.path, "dropout changes the variance that this normalization goes by",
        label: "in training only", level: facts.joinsBranches ? .advice : .warning,
        because: [(place.dropout, "sets values to zero")],
        remedies: [
          facts.layerNormRemedy(at: place.path),
          .words("or keep one dropout, after the last `batch_norm`"),
        ])
    }
  }
}

extension Facts {
  /// Whether somewhere a branch is added to another.
  fileprivate var joinsBranches: Bool { spec.model.layers?.contains { $0.op is Add } ?? false }

  /// Each batch normalization that dropped values reach, and where they were dropped.
  fileprivate var normalizationsOfDropout: [(path: SpecPath, dropout: SpecPath)] {
    guard let layers = spec.model.layers else {
      let isReached = spec.model.normalization == .batch && spec.model.dropout > 0
      return isReached && hidden.count > 1 ? [("model.normalization", "model.dropout")] : []
    }
    var found: [(path: SpecPath, dropout: SpecPath)] = []
    // Where the values that a layer gives were dropped last, by the layer and by its name.
    var (sources, named): ([SpecPath?], [String: SpecPath]) = ([], [:])
    for layer in layers {
      var source: SpecPath? = layer.from == nil ? sources.last ?? nil : nil
      for name in layer.from ?? [] {
        let name = name.wrappedValue
        source = source ?? (name == "previous" ? sources.last ?? nil : named[name])
      }
      switch layer.op {
      case let op as Dropout where op.rate > 0: source = layer.path
      case let op as AlphaDropout where op.rate > 0: source = layer.path
      case is BatchNorm:
        if let source { found.append((layer.path, source)) }
        source = nil
      case is LayerNorm, is GroupNorm: source = nil
      default: break
      }
      sources.append(source)
      if let name = layer.name { named[name] = source }
    }
    return found
  }
}
