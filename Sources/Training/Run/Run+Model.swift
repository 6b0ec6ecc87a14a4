public import ModelExchange
internal import NetworkGraph
internal import SpecCompiler
internal import Tables

extension Run {
  /// The network with its preprocessing, ready to be written for other programs.
  public var model: TrainedModel {
    TrainedModel(
      name: manifest.name, version: manifest.version, graph: plan.graph,
      tensors: tensors.map {
        SafeTensors.Tensor(name: $0.name, shape: $0.shape, values: $0.values)
      },
      features: encoding.features, target: encoding.target, link: plan.loss.link,
      levels: plan.loss.levels, isImage: data.shape != nil, missing: manifest.missing,
      facts: [
        "task": manifest.task, "seed": "\(manifest.seed)", "data": manifest.data.path,
        "resolved_spec_sha256": sha256(Array(resolvedText.utf8)),
      ])
  }
}
