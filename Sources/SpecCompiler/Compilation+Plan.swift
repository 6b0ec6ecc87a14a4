public import NetworkGraph
import SpecSyntax

extension Compilation {
  /// Where everything lies that training the network needs; nil while the network or its training
  /// is open.
  public var plan: Plan? { graph.flatMap { spec?.training.plan(of: $0) } }
}

extension TrainingSection {
  /// The plan for a network that is trained as this section says; nil while that is open.
  func plan(of graph: Graph) -> Plan? {
    guard let batch = batchSize.value, let loss = loss.value, let optimizer = optimizer.value
    else { return nil }
    return Plan(graph: graph, batch: batch, loss: loss, optimizer: optimizer, rules: stepRules)
  }
}
