import NetworkGraph
import SpecSyntax
import Tables
import Tensors

extension Compilation {
  /// What one example looks like to the network, before anything in it is embedded; nil without
  /// a table.
  var inputShape: Shape? {
    guard let features, let spec, !features.plans.isEmpty else { return nil }
    let width = InputLayout(spec.data, features.plans, isRow: isRow(spec)).rawWidth
    if let sizes = spec.data.shape { return isProduct(of: sizes, width) ? Shape(sizes) : nil }
    // Images without a shape of their own have one channel of the sizes in their file.
    guard let sizes = imageShape, isProduct(of: sizes, width) else { return [width] }
    return Shape([1] + sizes)
  }

  /// Whether an example is a row of columns, and not an image.
  private func isRow(_ spec: Spec) -> Bool {
    spec.data.shape == nil && imageShape == nil
  }

  /// How a spec's columns become inputs, as far as the spec is decided; nil without a table.
  func layout(for spec: Spec) -> InputLayout? { layout(for: spec, features(for: spec)) }

  /// What becomes of each column, as far as a spec is decided.
  private func features(for spec: Spec) -> FeatureChoice? {
    guard let profile, var features else { return nil }
    features.plan(for: spec.data, profile: profile)
    return features
  }

  private func layout(for spec: Spec, _ features: FeatureChoice?) -> InputLayout? {
    guard let features, !features.plans.isEmpty else { return nil }
    let layout = InputLayout(spec.data, features.plans, isRow: isRow(spec))
    return spec.data.shape.map { isProduct(of: $0, layout.rawWidth) } ?? true ? layout : nil
  }

  /// Whether sizes multiply to a count; large ones do not overflow.
  func isProduct(of sizes: [Int], _ count: Int) -> Bool {
    var product = 1
    for size in sizes {
      let (next, isOverflow) = product.multipliedReportingOverflow(by: size)
      guard !isOverflow, next <= count else { return false }
      product = next
    }
    return product == count
  }

  /// How many outputs the network needs for a spec's target and loss.
  func outputUnits(_ spec: Spec) -> Int? {
    guard let profile, let loss = spec.training.loss.value, let task = spec.data.task.value else {
      return nil
    }
    let columns = spec.data.targetColumns.compactMap { profile.column($0) }
    guard let first = columns.first else { return nil }
    let isBinary = task == .classification && loss.target == .binary
    return loss.outputUnits(classes: first.distinct, targets: isBinary ? 1 : columns.count)
  }

  /// What rules may ask about a spec that has been decided so far.
  func facts(for spec: Spec, root: Node?) -> Facts? {
    guard let root = root ?? tree?.root else { return nil }
    let features = features(for: spec)
    return Facts(
      spec: spec, tree: SyntaxTree(root: root, comments: tree?.comments ?? []),
      profile: profile, features: features, inputWidth: layout(for: spec, features)?.width,
      outputUnits: outputUnits(spec), graph: graph, summary: summary, settings: settings)
  }

  /// Counts of the network for the batch, loss and optimiser of the spec.
  func counts(of graph: Graph?) -> Summary? {
    graph.flatMap { spec?.training.plan(of: $0)?.summary }
  }
}
