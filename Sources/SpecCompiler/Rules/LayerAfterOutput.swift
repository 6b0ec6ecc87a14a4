import NetworkGraph
import SpecSyntax
import Tensors

extension Rule {
  static let layerAfterOutput = Rule(
    code: "A215", name: "layer-after-output", level: .warning,
    title: "an output layer written among the hidden ones, and another one after it",
    needs: [.graph], evidence: .mechanical,
    rationale: """
      The output layer follows from target and loss and is added last, so that dropout or a \
      normalisation after it, which would cut or shift the predictions themselves, cannot be \
      written. Where the author writes an output layer too, it becomes a hidden layer that is as \
      narrow as the output: everything has to pass through it, with `relu` half of it is cut off, \
      and one unit may die. Reported for a last layer as wide as the output (or of one or two \
      units for two classes) that is linear or a sigmoid, or has one unit; as advice for one with \
      another activation that is at most a quarter as wide as the layer before.
      """,
    source: """
      By construction; practice in Srivastava et al. 2014 (dropout on inputs and hidden units \
      only, from memory).
      """,
    failsWhen: "So narrow a hidden layer is meant, as a bottleneck to look at.",
    examples: [
      .fires(
        """
        model:
          hidden_layers: [64, 32, 1]   #! A215
        """,
        fixed: """
          model:
            hidden_layers: [64, 32]
          """),
      .fires(
        """
        model:
          layers:
            - dense: {units: 64, activation: relu}
            - dense: 3   #! A215
            - dropout: 0.5
        """, on: ExampleTable(classes: 3),
        fixed: """
          model:
            layers:
              - dense: {units: 64, activation: relu}
              - dropout: 0.5
          """),
      .fires(
        """
        model:
          layers:
            - dense: {units: 64, activation: relu}
            - dense: {units: 1, activation: sigmoid}   #! A215
        """, on: ExampleTable(classes: 2),
        fixed: """
          model:
            layers:
              - dense: {units: 64, activation: relu}
          """),
      .fires(
        """
        model:
          hidden_layers: [64, 10]   #! A215
        """, on: ExampleTable(classes: 10),
        fixed: """
          model:
            hidden_layers: [64]
          """),
      .silent(
        """
        model:
          layers:
            - dense: {units: 64, activation: relu}
            - dropout: 0.2
        """, on: ExampleTable(classes: 3)),
      .silent("model: {hidden_layers: [64, 32]}", on: ExampleTable(classes: 10)),
      .silent("model: {hidden_layers: [10]}", on: ExampleTable(classes: 10)),
    ]
  ) { facts, report in
    guard facts.hasWrittenNetwork, let written = facts.writtenOutput else { return }
    let layer = written.layer
    let classes = facts.classCount.map { ", \($0) classes" } ?? ""
    report.at(
      layer.path,
      "the output layer is added by itself, after this hidden layer of "
        + counted(layer.width, "unit"),
      label: "looks like an output layer", level: written.isCertain ? .warning : .advice,
      notes: ["the output layer: \(counted(facts.outputUnits ?? 1, "unit"))\(classes)"],
      remedies: [facts.remedy(without: written)])
  }
}

/// A hidden layer that the author seems to take for the output layer.
struct WrittenOutput {
  var layer: Graph.Node
  /// Whether no network would have such a hidden layer on purpose.
  var isCertain: Bool
  /// Whether nothing but dropout and the output layer come after it.
  var isLast: Bool
}

extension Facts {
  /// The last hidden layer where it looks like an output layer.
  var writtenOutput: WrittenOutput? {
    guard let graph, let layer = weightedLayers.last, layer.op is Dense, let outputUnits else {
      return nil
    }
    guard layer.width == outputUnits || (classCount == 2 && layer.width <= 2) else { return nil }
    let users = graph.users
    var (node, isLast) = (layer, true)
    while node.id != graph.output.id {
      guard users[node.id].count == 1 else { return nil }
      node = graph.nodes[users[node.id][0]]
      guard node.inputs.count == 1 else { return nil }
      isLast = isLast && (node.op is Dropout || node.id == graph.output.id)
    }
    let activation = graph.activation(after: layer, users)
    let isOfOutput = spec.model.layers != nil && (activation == .linear || activation == .sigmoid)
    let isCertain = isOfOutput || layer.width == 1
    let isNarrow = weightedLayers.count > 1 && 4 * layer.width <= layer.inputShapes[0].count
    return isCertain || isNarrow
      ? WrittenOutput(layer: layer, isCertain: isCertain, isLast: isLast) : nil
  }

  /// The way out: the network without that layer.
  fileprivate func remedy(without written: WrittenOutput) -> Remedy {
    guard let layers = spec.model.layers else {
      var widths = hiddenWidths
      while let last = widths.last, last == written.layer.width { widths.removeLast() }
      return .set(
        "model.hidden_layers", .list(widths.map { .integer($0) }), "leave it to the program")
    }
    guard written.isLast, layers.count > 1,
      layers.first(where: { $0.path == written.layer.path })?.name == nil
    else {
      return .words("remove it with its activation; with no other layer, write `hidden_layers: []`")
    }
    return .remove(written.layer.path, "remove it")
  }
}
