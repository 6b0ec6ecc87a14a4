import NetworkGraph
import SpecSyntax
import Tables
import Tensors

extension Compilation {
  /// What one example looks like to the network; nil without a table.
  var inputShape: Shape? {
    guard let profile, let features, !features.plans.isEmpty else { return nil }
    let width = FeatureEncoder.width(of: features.plans, profile: profile)
    if let sizes = spec?.data.shape { return isProduct(of: sizes, width) ? Shape(sizes) : nil }
    // Images without a shape of their own have one channel of the sizes in their file.
    guard let sizes = table?.imageShape, isProduct(of: sizes, width) else { return [width] }
    return Shape([1] + sizes)
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
  func facts(for spec: Spec, root: Node?, decided: Set<SpecPath>) -> Facts? {
    guard let root = root ?? tree?.root else { return nil }
    return Facts(
      spec: spec, tree: SyntaxTree(root: root, comments: tree?.comments ?? []), decided: decided,
      profile: profile, inputWidth: inputShape?.count, outputUnits: outputUnits(spec),
      summary: summary)
  }

  /// Counts of the network for the batch, loss and optimiser of the spec.
  func counts(of graph: Graph?) -> Summary? {
    guard let graph, let training = spec?.training, let batch = training.batchSize.value,
      let loss = training.loss.value, let optimizer = training.optimizer.value
    else { return nil }
    return graph.summary(
      batch: batch, loss: loss, optimizer: optimizer, rules: training.stepRules)
  }
}
