public import NetworkGraph
public import SpecCompiler
import Tensors

/// A network as boxes and arrows: what all pictures of it show.
public struct GraphPicture: Sendable {
  /// One layer, or the input.
  struct Box: Sendable {
    enum Kind: Sendable { case input, layer, output }

    var kind: Kind
    var name: String
    /// What it computes: `dense + relu`.
    var work: String
    /// What is set beside that: `kernel 3, padding same`; empty for nothing.
    var settings: String
    /// `30 → 32`, or the one shape of the input.
    var shape: String
    /// "1,056 parameters"; empty where there are none.
    var parameters: String

    /// Longer lines are cut where they are drawn.
    static let greatestLength = 34

    /// All lines of the box, from above.
    var lines: [String] { [name, work, settings, shape, parameters].filter { !$0.isEmpty } }
    /// The lines as they are drawn.
    var shown: [String] { lines.map { shortened($0, to: Self.greatestLength) } }
  }

  /// An arrow between boxes, by their places.
  struct Arrow: Sendable, Hashable {
    var from: Int
    var to: Int
  }

  let title: String
  /// Each box comes after those it takes from; the first is the input.
  let boxes: [Box]
  let arrows: [Arrow]

  /// - Parameters:
  ///   - title: the name of the model.
  ///   - inputs: what the input is, in a few words; nil for none.
  ///   - settings: what the spec sets of each layer.
  public init(
    _ graph: Graph, title: String, inputs: String? = nil,
    settings: LayerSettings = LayerSettings()
  ) {
    self.title = title
    var boxes = [
      Box(
        kind: .input, name: "input", work: inputs ?? "", settings: "",
        shape: graph.inputShape.description, parameters: "")
    ]
    var arrows: [Arrow] = []
    for node in graph.nodes {
      let taken = node.inputShapes.map(\.description).joined(separator: " + ")
      let count = node.parameterCount
      boxes.append(
        Box(
          kind: node.id == graph.output.id ? .output : .layer, name: node.name,
          work: node.op.words, settings: settings.words(of: node),
          shape: "\(taken) → \(node.outputShape)",
          parameters: count == 0
            ? "" : "\(groupedText(count)) parameter\(count == 1 ? "" : "s")"))
      for source in node.inputs {
        switch source {
        case .input: arrows.append(Arrow(from: 0, to: boxes.count - 1))
        case .node(let id): arrows.append(Arrow(from: id + 1, to: boxes.count - 1))
        }
      }
    }
    self.boxes = boxes
    self.arrows = arrows
  }
}
