import ArgumentParser
import SpecSyntax
import Training

/// Shows what differs between runs.
struct RunsCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Shows what differs between runs: values of their specs, metrics, time.",
    discussion: """
      Values are those of the resolved specs, and only those that are not the same in all runs. \
      The best of each metric is marked.
      """)

  @Argument(help: "Two runs or more, such as runs/iris/1 runs/iris/2.")
  var runs: [String]

  @Option(help: "How the result is printed.")
  var format: OutputFormat = .text

  func validate() throws {
    guard runs.count >= 2 else { throw ValidationError("compare takes two runs or more") }
  }

  func run() throws {
    var found: [RunSummary] = []
    do throws(TrainingError) {
      for folder in runs { found.append(try RunSearch.run(at: folder)) }
    } catch {
      throw Failure(error)
    }
    if let damaged = found.first(where: { $0.state == .damaged }) {
      throw Failure("`\(damaged.folder)` cannot be compared: \(damaged.problem ?? "")")
    }
    let comparison = RunComparison(found)
    switch format {
    case .json: Console.print(comparison.json.text())
    case .text: Console.print(comparison.text)
    }
  }
}
