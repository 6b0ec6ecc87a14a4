import Foundation
import Tables
import TestSupport
import Testing

@testable import Training

struct PredictorTests {
  @Test("the page shows the code that is compiled here")
  func example() {
    let code = Repository.text("Tests/TrainingTests/PredictExample.swift")
    #expect(code.contains("func printClasses"))
    #expect(Repository.text("specs/predict.md").contains("```swift\n\(code)```"))
  }

  @Test("a table in pieces is predicted as it is whole")
  func pieces() throws {
    let (folder, _) = try trained(irisSpec())
    let run = try Run.open(folder)
    let head = "sepal_length,sepal_width,petal_length,petal_width\n"
    let rows = (0..<150_000).map { row in
      "\(Double(row % 79) / 10),\(Double(row % 43) / 10),\(Double(row % 67) / 10),\(row % 3)\n"
    }
    let path = try Repository.temporaryFolder() + "/t.csv"
    try (head + rows.joined()).write(toFile: path, atomically: true, encoding: .utf8)
    let table = try readTable(at: path, options: run.tableOptions)
    guard case .classes(let whole) = try run.predict(table) else { return }
    let predictor = try Predictor(run)
    var reader = try run.rows(of: path)
    var values: [Double] = []
    var batches = 0
    while let (batch, predicted) = try predictor.next(of: &reader) {
      guard case .classes(let classes) = predicted.predictions else { return }
      #expect(batch.firstRow * 3 == values.count && batch.problems.isEmpty)
      values += classes.values
      batches += 1
    }
    #expect(batches > 1 && values == whole.values)
  }
}
