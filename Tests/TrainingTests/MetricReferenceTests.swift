import SpecCompiler
import TestSupport
import Testing
import Training

@Suite struct MetricReferenceTests {
  @Test("the page of metrics is up to date and names them all")
  func page() {
    #expect(Golden.matches(ReferencePage.metrics.text, "specs/reference/metrics.md"))
    for metric in Metrics.all { #expect(ReferencePage.metrics.text.contains("| `\(metric.name)` |")) }
  }

  @Test("the metrics that a spec may name are those that can be measured")
  func names() {
    #expect(Set(MetricName.all.map(\.name)) == Set(Metrics.all.map(\.name)))
    let classes = Set(MetricName.all.filter { $0.task == .classification }.map(\.name))
    #expect(classes == Set(Metrics.classification.map(\.name)))
  }
}
