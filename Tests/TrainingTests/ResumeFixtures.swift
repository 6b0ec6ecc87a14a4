import Foundation
import SpecCompiler
import TestSupport
import Testing

@testable import Training

/// Counts steps and asks to stop before the one after the last of a sitting.
final class StopAfter {
  private var left: Int

  init(_ steps: Int) { left = steps }

  func callAsFunction() -> Bool {
    left -= 1
    return left < 0
  }
}

/// Trains into a folder in sittings of so many steps each, and then to the end.
func trained(
  _ text: String, into folder: String, sittings: [Int], origin: RunOrigin = RunOrigin()
) throws {
  let compilation = compiled(text)
  for steps in sittings {
    let stop = StopAfter(steps)
    do throws(TrainingError) {
      _ = try train(
        compilation, at: .resumed(folder), version: "test", origin: origin,
        shouldStop: { stop() })
      return
    } catch {
      guard case .interrupted = error.kind else { throw error }
      #expect(error.unfinished == (steps > 0 || hasCheckpoint(folder) ? folder : nil))
    }
  }
  _ = try train(compilation, at: .resumed(folder), version: "test", origin: origin)
}

func hasCheckpoint(_ folder: String) -> Bool {
  FileManager.default.fileExists(atPath: "\(folder).partial/checkpoint.safetensors")
}

/// The bytes of every file that does not hold times.
func contents(_ folder: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder)
  where !TrainTests.clockFiles.contains(name) {
    files[name] = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
  }
  return files
}

/// What a run refuses to do.
func refusal(_ body: () throws -> Void) -> TrainingError? {
  do {
    try body()
    return nil
  } catch {
    return error as? TrainingError
  }
}

/// A run of iris that was stopped after eleven steps of its twenty, and the folder it is in.
func stoppedRun(
  _ training: String = "epochs: 5", origin: RunOrigin = RunOrigin()
) throws -> (folder: String, text: String) {
  let folder = try Repository.temporaryFolder() + "/run"
  let text = irisSpec(training)
  let stop = StopAfter(11)
  let error = refusal {
    _ = try train(
      compiled(text), at: .folder(folder), version: "test", origin: origin,
      shouldStop: { stop() })
  }
  try #require(error?.unfinished == folder, "\(String(describing: error))")
  return (folder, text)
}
