import NetworkGraph
import SpecCompiler
import Tables
import Tensors
import Foundation
import TestSupport
import Testing

@testable import Training

@Suite struct PreparationTests {
  private func job(_ text: String = irisSpec()) throws -> Job { try Job(compiled(text)) }

  /// The same preparation with all features of some rows changed.
  private func changing(_ rows: [Int], of job: Job) throws -> Preparation {
    var table = job.table
    for index in table.columns.indices {
      guard case .numbers(var values) = table.columns[index].storage else { continue }
      for row in rows { values[row] = 1e6 + 10 * values[row] }
      table.columns[index].storage = .numbers(values)
    }
    let plans = try #require(job.compilation.features).plans
    return try Preparation(
      job.spec.data, plans: plans, table: table, width: job.graph.inputShape.count)
  }

  private func floats(_ rows: PreparedRows) -> [Float] { rows.features.values.view.array }

  @Test("rows that lie in a file are those in memory, and train to the same bytes")
  func mapped() throws {
    let compilation = compiled(irisSpec())
    let folder = try Repository.temporaryFolder()
    let (memory, file) = (
      try Job(compilation), try Job(compilation, limitBytes: 100, folder: { folder })
    )
    #expect(floats(memory.preparation.train) == floats(file.preparation.train))
    #expect(floats(memory.preparation.test) == floats(file.preparation.test))
    let weights = try [memory, file].map { job in
      let trainer = try Trainer(job.recipe, graph: job.graph, preparation: job.preparation)
      _ = try trainer.run(shouldStop: { false }, report: { _ in })
      return trainer.executor.parameters
    }
    #expect(weights[0] == weights[1])
    // The files have no names, so nothing is left behind.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test("a place that cannot take the rows is an error that names it and the system's reason")
  func unwritable() throws {
    let compilation = compiled(irisSpec())
    let error = #expect(throws: TrainingError.self) {
      try Job(compilation, limitBytes: 0, folder: { "/no/such/folder" })
    }
    #expect(error?.message.contains("`/no/such/folder/train.rows`: no such file") == true)
  }

  @Test("some of the rows are evenly spread over all, with what is true of them")
  func spread() throws {
    let rows = PreparedRows(
      features: FeatureRows(values: (0..<20).map { Float($0) }, stride: 2, width: 1),
      targets: (0..<10).map { Float($0) }, truth: .numbers((0..<10).map { Double($0) }),
      targetCount: 1)
    let some = rows.spread(over: 4)
    #expect(some.targets == [0, 2, 5, 7])
    #expect(floats(some) == [0, 1, 4, 5, 10, 11, 14, 15])
    #expect(rows.spread(over: 10).count == 10)
  }

  @Test("every row is in one part, and each class has its share of each")
  func parts() throws {
    let preparation = try job().preparation
    let split = preparation.split
    #expect((split.train + split.validation + split.test).sorted() == Array(0..<150))
    #expect(split.validation.count == 30 && split.test.count == 15)
    guard case .classes(let codes) = preparation.test.truth else {
      Issue.record("iris has classes")
      return
    }
    #expect(classCounts(codes, of: 3) == [5, 5, 5])
  }

  @Test("changing validation and test rows changes no fitted number and no training input")
  func fittedOnTraining() throws {
    let job = try job()
    let split = job.preparation.split
    let changed = try changing(split.validation + split.test, of: job)
    #expect(changed.split == split)
    #expect(changed.features == job.preparation.features)
    #expect(changed.target == job.preparation.target)
    #expect(floats(changed.train) == floats(job.preparation.train))
    #expect(floats(changed.test) != floats(job.preparation.test))
  }

  @Test("changing a training row changes what is fitted")
  func fittedAtAll() throws {
    let job = try job()
    let changed = try changing([job.preparation.split.train[0]], of: job)
    #expect(changed.features != job.preparation.features)
  }

  @Test("numeric targets are scaled by the training rows alone, and true in their own unit")
  func numericTarget() throws {
    let text = "plumb: 1\ndata: {source: diabetes.csv, target: progression}\n"
    let compilation = compiled(text)
    let job = try Job(compilation)
    let changed = try changing(job.preparation.split.test, of: job)
    #expect(changed.target == job.preparation.target)
    guard case .numbers(let truth) = job.preparation.train.truth else {
      Issue.record("the target of diabetes is a number")
      return
    }
    let average = mean(truth) ?? 0
    #expect(average > 100 && average < 200)
    let scaled = mean(job.preparation.train.targets.map { Double($0) })
    #expect(near(scaled, 0, within: 1e-4))
  }

  @Test("balanced class weights give every class the same sum")
  func balanced() throws {
    let rows = PreparedRows(
      features: FeatureRows(values: [0, 0, 0, 0], stride: 1, width: 1), targets: [0, 0, 0, 1],
      truth: .classes([0, 0, 0, 1]), targetCount: 1)
    let target = try job().preparation.target
    let weights = try #require(try rowWeights(.balanced, rows, target))
    #expect(near(Double(weights[0] + weights[1] + weights[2]), Double(weights[3])))
    #expect(near(Double(weights.reduce(0, +)), 4))
  }
}
