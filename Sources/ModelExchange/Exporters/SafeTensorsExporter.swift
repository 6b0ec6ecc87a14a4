/// The weights by name, with everything else as texts beside them.
struct SafeTensorsExporter: Exporter {
  static let name = "safetensors"
  static let summary = "The weights by name, with classes and preprocessing in the metadata."
  static let fileExtension = "safetensors"

  static func export(_ model: TrainedModel, named name: String) throws(ExportError) -> Export {
    var facts = model.sharedFacts
    facts["preprocessing"] = model.preprocessingText
    let file = SafeTensors(tensors: model.tensors, metadata: facts)
    return Export(files: [Export.File(name: "\(name).safetensors", bytes: file.encoded())])
  }
}
