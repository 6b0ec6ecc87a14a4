import SpecSyntax
import Tensors
import Testing

@testable import NetworkGraph

struct MemoryPlannerTests {
  @Test("blocks that live at the same time lie apart", arguments: UInt64(1)...12)
  func apart(seed: UInt64) throws {
    let planner = MemoryPlanner(try generatedGraph(seed: seed).fusingActivations(), stride: 32)
    let blocks = planner.occupations
    for (index, a) in blocks.enumerated() {
      #expect(a.region.offset + a.region.count <= planner.count)
      for b in blocks[..<index] where a.life.overlaps(b.life) {
        let isApart =
          a.region.offset + a.region.count <= b.region.offset
          || b.region.offset + b.region.count <= a.region.offset
        #expect(isApart, "\(a) and \(b)")
      }
    }
  }

  @Test("a deep stack keeps its outputs, and gradients take the place of what is done with")
  func stack() throws {
    let graph = try ExecutorTests.graph(Array(repeating: 64, count: 31), activation: .relu)
    let block = 64 * 32
    let planner = MemoryPlanner(graph, stride: 32)
    #expect(planner.count >= 30 * block)
    #expect(planner.count <= 32 * block)
  }

  @Test("what only reshapes or drops values works where its input lies")
  func inPlace() throws {
    var builder = GraphBuilder(input: [4, 4, 4])
    var log = DiagnosticLog()
    builder.add(BatchNorm(), into: &log)
    builder.add(Flatten(), into: &log)
    builder.add(Dropout(rate: 0.5), into: &log)
    builder.add(Dense(units: 1), into: &log)
    let planner = MemoryPlanner(try finished(&builder, &log), stride: 16)
    #expect(planner.output(of: 0) == planner.output(of: 2))
    #expect(planner.gradient(of: 0) == planner.gradient(of: 2))
  }

  @Test("a step does not depend on what lay in its memory before", arguments: UInt64(1)...8)
  func poison(seed: UInt64) throws {
    let graph = try generatedGraph(seed: seed)
    let data = randomData(graph, rows: 20, seed: seed)
    let plan = Plan(graph: graph, batch: 20, loss: MeanSquaredError(), optimizer: Adam())
    let executors = [Executor(plan, seed: 1), Executor(plan, seed: 1)]
    for _ in 0..<3 {
      executors[1].memory.window(plan.activations.offset, plan.activations.count).fill(.nan)
      for executor in executors {
        _ = executor.trainStep(rows: data.rows[...], of: data, rate: 0.01)
      }
      #expect(executors[0].parameters == executors[1].parameters)
    }
    #expect(plan.memoryBytes == executors[0].memoryBytes)
  }
}
