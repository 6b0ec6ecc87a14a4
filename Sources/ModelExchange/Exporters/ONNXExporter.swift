import NetworkGraph
import Tables

/// ONNX with the preprocessing inside: ir_version 8, opset 17 and ai.onnx.ml 3.
struct ONNXExporter: Exporter {
  static let name = "onnx"
  static let summary = "One file with the preprocessing inside, for ONNX Runtime and many others."
  static let fileExtension = "onnx"

  static func export(_ model: TrainedModel, named name: String) throws(ExportError) -> Export {
    var graph = ONNXGraph()
    let features = FeatureNodes(model, in: &graph)
    let output = try model.forEachOp(from: features.output, format: "ONNX") {
      op, node throws(ExportError) in
      graph.scope = node.node.name
      return try op.onnx(node, in: &graph)
    }
    graph.addPredictions(of: output, model)
    let bytes = ONNXMessage.model(
      graph, name: model.name, version: model.version,
      description: "predicts " + model.target.columns.joined(separator: ", "),
      facts: model.sharedFacts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    ).bytes
    guard bytes.count < 1 << 31 else {
      throw ExportError(
        "the model has \(bytes.count >> 20) MiB, and a file of ONNX less than 2 GiB",
        hint: "`--to safetensors` has no such limit")
    }
    return Export(
      files: [Export.File(name: "\(name).onnx", bytes: bytes)], remarks: features.remarks)
  }
}
