import NetworkGraph
import SpecCompiler
import Tensors
import Training

/// The network drawn, and what each layer costs.
struct NetworkSection {
  let run: ReportedRun

  init(_ run: ReportedRun) { self.run = run }

  /// The names of inputs that are listed.
  private static let mostInputs = 3
  /// Larger networks are a table only.
  private static let mostLayers = 200

  var section: Page.Section {
    let summary = run.run.summary
    let names = run.manifest.inputNames
    let inputs =
      names.count == run.graph.inputShape.count && names.count <= Self.mostInputs
      ? names.joined(separator: ", ") : nil
    let picture = GraphPicture(
      run.graph, title: run.manifest.name, inputs: inputs,
      settings: LayerSettings(run.values))
    var parts = [
      facts([
        ("parameters", groupedText(summary.parameters)),
        ("FLOPs of a row, forward", groupedText(summary.flops)),
        ("memory for training", byteText(summary.memoryBytes)),
      ])
    ]
    if run.graph.nodes.count <= Self.mostLayers {
      let words = "The network from its input to its output; can be scrolled"
      parts.append(
        Markup(
          "div",
          ["class": "network scroll", "tabindex": "0", "role": "region", "aria-label": words],
          picture.drawing))
    } else {
      parts.append(paragraph("\(run.graph.nodes.count) layers are too many to draw.", "note"))
    }
    parts.append(table(summary).markup)
    return Page.Section(id: "network", title: "Network", content: parts.joined)
  }

  private func table(_ summary: Summary) -> DataTable {
    DataTable(
      caption: "Layers in the order of computation.",
      head: ["layer", "operation", "takes", "output", "parameters", "FLOPs"],
      rows: summary.layers.map { layer in
        (
          Markup(layer.name),
          [
            .init(layer.words), .init(layer.from.joined(separator: ", ")),
            .init(Shape(layer.outputShape).description), .init(groupedText(layer.parameters)),
            .init(groupedText(layer.flops)),
          ]
        )
      })
  }
}
