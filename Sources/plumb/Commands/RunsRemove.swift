#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import ArgumentParser
import SpecSyntax
import Training

/// Removes runs.
struct RunsRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm",
    abstract: "Removes runs, after asking.",
    discussion: """
      Nothing but run folders is removed, links are not followed, and a run that is going on is \
      left alone. --unfinished and --keep choose among the runs of the folders given, or of runs/.
      """)

  @Argument(help: "The runs; with --unfinished or --keep, folders that hold them.")
  var runs: [String] = []

  @Flag(help: "All that were cut short.")
  var unfinished = false

  @Option(
    help: ArgumentHelp("All but the newest so many of each model.", valueName: "count"))
  var keep: Int?

  @Flag(help: "Without asking.")
  var yes = false

  func validate() throws {
    if let keep, keep < 0 { throw ValidationError("--keep takes a number from 0") }
    guard !runs.isEmpty || unfinished || keep != nil else {
      throw ValidationError("name the runs to remove, or say --unfinished or --keep")
    }
    guard !unfinished || keep == nil else {
      throw ValidationError("--unfinished and --keep exclude each other")
    }
  }

  func run() throws {
    let chosen = try chosen()
    guard !chosen.isEmpty else {
      Console.error("there is nothing to remove")
      return
    }
    do throws(TrainingError) {
      let removal = try RunRemoval(chosen)
      if !yes {
        guard try asked(removal) else { return }
      }
      try removal.remove()
    } catch {
      throw Failure(error)
    }
    Console.print("removed \(counted(chosen.count, "run"))")
  }

  private func chosen() throws -> [RunSummary] {
    guard unfinished || keep != nil else {
      do throws(TrainingError) {
        var found: [RunSummary] = []
        for folder in runs {
          let run = try RunSearch.run(at: folder)
          if !found.contains(where: { $0.folder == run.folder }) { found.append(run) }
        }
        return found
      } catch {
        throw Failure(error)
      }
    }
    let all = try Runs.runs(in: runs)
    guard let keep else { return all.filter { $0.state == .unfinished } }
    // A damaged run is for its owner to look at, and one that is going on is none to count.
    let whole = all.filter { [.finished, .interrupted].contains($0.state) }
    let models = Dictionary(grouping: whole, by: { $0.name })
    let kept = models.values.flatMap { runs in
      runs.sorted { ($0.ended ?? .distantPast) > ($1.ended ?? .distantPast) }.prefix(keep)
    }.map(\.folder)
    return whole.filter { !kept.contains($0.folder) }
  }

  /// Whether the user agrees; where nobody can be asked, it is an error to need an answer.
  private func asked(_ removal: RunRemoval) throws(TrainingError) -> Bool {
    guard Console.canAsk else {
      throw TrainingError(
        "nobody can be asked whether to remove \(counted(removal.runs.count, "run"))",
        hints: ["say `--yes` to remove without asking"])
    }
    for run in removal.runs.prefix(20) {
      Console.error("  \(escapedForTerminal(run.folder))  \(run.state.rawValue)")
    }
    if removal.runs.count > 20 { Console.error("  and \(removal.runs.count - 20) more") }
    for path in removal.strangers.prefix(20) {
      Console.error("  with \(escapedForTerminal(path)), which is no file of a run")
    }
    Console.progress("remove \(counted(removal.runs.count, "run"))? [y/N] ")
    let answer = readLine()?.lowercased() ?? ""
    return answer == "y" || answer == "yes"
  }
}
