/// A file of Python that a person could have written, and the weights beside it.
struct PyTorchExporter: Exporter {
  static let name = "pytorch"
  static let summary = "A readable file of Python with preprocessing and network, and its weights."
  static let fileExtension = "py"

  static func export(_ model: TrainedModel, named name: String) throws(ExportError) -> Export {
    let module = try PythonModule(model)
    let features = FeatureLines(model)
    let page = PythonPage(model, module, features, name: name)
    var facts = model.sharedFacts
    if !features.fitted.isEmpty { facts["fitted"] = json(features.fitted) }
    let weights = SafeTensors(tensors: module.tensors, metadata: facts)
    return Export(files: [
      Export.File(name: "\(name).py", bytes: Array(page.text.utf8)),
      Export.File(name: "\(name).safetensors", bytes: weights.encoded()),
    ])
  }
}
