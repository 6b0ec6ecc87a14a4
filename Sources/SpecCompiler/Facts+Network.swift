import NetworkGraph
import SpecSyntax

/// A hidden layer: its neurons, and where the number stands.
struct HiddenLayer {
  var units: Int
  var path: SpecPath
}

extension Facts {
  /// H: the hidden layers in order. Of a list of operations, its dense layers.
  var hidden: [HiddenLayer] {
    if let layers = spec.model.layers {
      return layers.compactMap { layer in
        guard let dense = layer.op as? Dense else { return nil }
        return HiddenLayer(units: dense.units, path: layer.path.key(Dense.name).key("units"))
      }
    }
    let path: SpecPath = "model.hidden_layers"
    let isList = tree.root.at(path)?.sequence != nil
    return (spec.model.hiddenLayers.value ?? []).enumerated().map { index, units in
      HiddenLayer(units: units, path: isList ? path.index(index) : path)
    }
  }

  /// The widths of the hidden layers.
  var hiddenWidths: [Int] { hidden.map(\.units) }

  /// Whether the author wrote the widths as `hidden_layers`.
  var hasWrittenWidths: Bool { isWritten("model.hidden_layers") }

  /// Whether the author wrote the network in either form.
  var hasWrittenNetwork: Bool { hasWrittenWidths || isWritten("model.layers") }

  /// Where the widths stand.
  var widthsPath: SpecPath { spec.model.layers == nil ? "model.hidden_layers" : "model.layers" }

  /// p: the largest share of hidden values that dropout sets to zero.
  var dropout: Double {
    guard let layers = spec.model.layers else { return spec.model.dropout }
    return layers.compactMap { ($0.op as? Dropout)?.rate ?? ($0.op as? AlphaDropout)?.rate }.max()
      ?? 0
  }

  /// Whether some layer normalises over the rows of a batch.
  var usesBatchNorm: Bool {
    guard let layers = spec.model.layers else { return spec.model.normalization == .batch }
    return layers.contains { $0.op is BatchNorm }
  }

  /// Whether some layer normalises.
  var usesNormalization: Bool {
    guard let layers = spec.model.layers else { return spec.model.normalization != .none }
    return layers.contains { $0.op is BatchNorm || $0.op is LayerNorm || $0.op is GroupNorm }
  }

  /// P: trainable parameters of the compiled network, or of a plain stack of these widths.
  var parameters: Int? { graph?.parameterCount ?? parameters(of: hiddenWidths) }

  /// Parameters of a plain stack: the sum over its layers of inputs · outputs + outputs.
  func parameters(of widths: [Int]) -> Int? {
    guard let inputWidth, let outputUnits else { return nil }
    var (count, inputs) = (0, inputWidth)
    for width in widths + [outputUnits] {
      count += (inputs + 1) * width
      inputs = width
    }
    return count
  }

  /// The sizing table, once the sizes of input and output are known.
  public var sizing: Sizing? {
    guard let inputWidth, let outputUnits, inputWidth > 0, outputUnits > 0 else { return nil }
    return Sizing(
      inputs: inputWidth, outputs: outputUnits, rows: usableRows, choice: settings.sizing,
      linear: linearTrial)
  }
}
