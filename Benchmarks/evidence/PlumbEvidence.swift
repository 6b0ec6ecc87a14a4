import Foundation

/// Tries the advice of rules on real tables.
@main
struct PlumbEvidence {
  static func main() async {
    do {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      guard !options.needsHelp else { return print(Options.help) }
      let session = try Session(options)
      let (assessment, isWhole) = try await session.run(say: say)
      print(EvidencePage(assessment: assessment).text)
      if let folder = options.write {
        try session.source(of: assessment, on: Date()).text.write(
          toFile: folder + "/Sources/SpecCompiler/RuleRecords.swift", atomically: true,
          encoding: .utf8)
        try assessment.effectsText.write(
          toFile: folder + "/Benchmarks/evidence/effects.csv", atomically: true, encoding: .utf8)
      }
      if !isWhole { say("time is over; the same command goes on") }
    } catch {
      say("error: \(error)")
      exit(2)
    }
  }

  /// Prints progress, apart from the results.
  static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}
