public import NetworkGraph
public import SpecSyntax
public import Tables
public import Tensors

extension Graph {
  /// The network that a spec describes: what looks up and embeds the columns that `plans` are
  /// for, the author's layers, and the output layer that target and loss ask for.
  ///
  /// - Parameters:
  ///   - input: the shape of what the encoder gives for an example.
  ///   - mistaken: layers whose mistakes are reported, and whose shapes nobody can know.
  /// - Returns: nil after a mistake, which is reported, or while the layers are still open.
  public init?(
    lowering spec: Spec, input: Shape, plans: [FeaturePlan], outputs: Int,
    mistaken: Set<SpecPath> = [], into log: inout DiagnosticLog
  ) {
    guard !spec.model.isTooDeep else { return nil }
    let isRow = input.rank == 1 && spec.data.shape == nil
    let layout = InputLayout(spec.data, plans, isRow: isRow)
    var builder = GraphBuilder(input: input)
    builder.addInputs(layout, spec.data, into: &log)
    if let layers = spec.model.layers {
      let chooser = InputChooser(layout: layout, isRow: isRow)
      for layer in layers {
        var layer = layer
        guard !mistaken.contains(layer.path) else {
          builder.addMistaken(layer.op, name: layer.locatedName, at: layer.range, path: layer.path)
          continue
        }
        if let select = layer.op as? Select, select.namesColumns {
          guard let chosen = chooser.layer(layer, select, into: &log) else {
            builder.addMistaken(select, name: layer.locatedName, at: layer.range, path: layer.path)
            continue
          }
          layer = chosen
        }
        builder.add(layer, into: &log)
      }
    } else {
      guard let widths = spec.model.hiddenLayers.value else { return nil }
      builder.addStack(widths, spec.model, isFlat: input.rank == 1, into: &log)
    }
    let place = spec.model.layers == nil ? spec.model.$hiddenLayers : spec.model.$layers
    builder.add(
      Dense(units: outputs, at: place), name: Located(wrappedValue: "output", at: place),
      at: place, path: "model", into: &log)
    guard let graph = builder.finish(into: &log) else { return nil }
    self = graph
  }
}

extension GraphBuilder {
  /// Adds one operation as the author wrote it.
  fileprivate mutating func add(_ layer: LayerSpec, into log: inout DiagnosticLog) {
    let references = layer.from?.map { Reference($0.wrappedValue, at: $0.projectedValue) }
    add(
      layer.op, name: layer.locatedName, from: references, at: layer.range, path: layer.path,
      into: &log)
  }

  /// Adds a dense layer for each width, with what the model puts around its activation.
  fileprivate mutating func addStack(
    _ widths: [Int], _ model: ModelSection, isFlat: Bool, into log: inout DiagnosticLog
  ) {
    let place = model.$hiddenLayers
    func name(_ text: String) -> Located<String> { Located(wrappedValue: text, at: place) }
    if !isFlat { add(Flatten(), at: place, path: "model", into: &log) }
    for (index, units) in widths.enumerated() {
      let path = SpecPath("model.hidden_layers").index(index)
      let hasNorm = model.normalization != .none
      let dense = Dense(
        units: units, activation: hasNorm ? .linear : model.activation,
        bias: model.normalization != .batch, initializer: model.initializer, at: place)
      add(dense, name: name("hidden\(index + 1)"), at: place, path: path, into: &log)
      switch model.normalization {
      case .none: break
      case .batch: add(BatchNorm(), at: place, path: path, into: &log)
      case .layer: add(LayerNorm(), at: place, path: path, into: &log)
      }
      if hasNorm { add(Activate(model.activation), at: place, path: path, into: &log) }
      if model.dropout > 0 {
        add(Dropout(rate: model.dropout, at: model.$dropout), at: place, path: path, into: &log)
      }
    }
  }
}
