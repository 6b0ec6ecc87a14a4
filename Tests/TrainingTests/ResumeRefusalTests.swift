import Foundation
import NetworkGraph
import SpecCompiler
import Tables
import TestSupport
import Testing

@testable import Training

@Suite("what cannot be resumed is named with a way out, and nothing is overwritten")
struct ResumeRefusalTests {
  /// Tries to resume; the refusal, after a look that everything is as it was.
  private func refused(
    _ folder: String, _ text: String, version: String = "test", origin: RunOrigin = RunOrigin()
  ) throws -> TrainingError {
    let before = try contents(folder + ".partial")
    let error = refusal {
      _ = try train(compiled(text), at: .resumed(folder), version: version, origin: origin)
    }
    #expect(try contents(folder + ".partial") == before)
    let found = try #require(error)
    #expect(!found.hints.isEmpty && found.unfinished == nil)
    return found
  }

  @Test("another version, another spec, another table")
  func changes() throws {
    let origin = RunOrigin(files: [.init(bytes: 3, sha256: String(repeating: "a", count: 64))])
    let (folder, text) = try stoppedRun(origin: origin)
    let version = try refused(folder, text, version: "next", origin: origin)
    #expect(version.message.contains("plumb test") && version.message.contains("next"))
    let spec = try refused(folder, irisSpec("epochs: 6"), origin: origin)
    #expect(spec.message.contains("`training.epochs: 6` where there was `training.epochs: 5`"))
    let other = RunOrigin(files: [.init(bytes: 3, sha256: String(repeating: "b", count: 64))])
    let table = try refused(folder, text, origin: other)
    #expect(table.message.contains("iris.csv") && table.message.contains("bbbbbbbbbbbb"))
    // A comment and a description change nothing.
    let commented = text.replacing("plumb: 1", with: "plumb: 1 # a comment\ndescription: flowers")
    try trained(commented, into: folder, sittings: [], origin: origin)
  }

  @Test("other rows of a table that came from memory")
  func rows() throws {
    let (folder, text) = try stoppedRun()
    var compilation = compiled(text)
    var table = try #require(compilation.table)
    guard case .numbers(var numbers) = table.columns[0].storage else {
      Issue.record("the first column of iris holds numbers")
      return
    }
    numbers[0] += 1
    table.columns[0].storage = .numbers(numbers)
    compilation.table = table
    let error = refusal { _ = try train(compilation, at: .resumed(folder), version: "test") }
    #expect(error?.message.contains("the rows of") == true, "\(String(describing: error))")
  }

  @Test("another instruction set")
  func instructionSet() throws {
    let (folder, text) = try stoppedRun()
    let path = "\(folder).partial/checkpoint.safetensors"
    var checkpoint = try Checkpoint(
      decoding: readFile(at: path, maximumBytes: 1 << 20), path: path)
    checkpoint.identity.instructionSet = "v9"
    try writeFile(checkpoint.encoded(), to: path)
    let error = try refused(folder, text)
    #expect(error.message.contains("v9") && error.hints[0].contains("PLUMB_CPU=v9"))
  }

  @Test("a checkpoint with any byte changed, and one that is too short or too long")
  func damage() throws {
    let (folder, text) = try stoppedRun()
    let path = "\(folder).partial/checkpoint.safetensors"
    let whole = try readFile(at: path, maximumBytes: 1 << 20)
    for place in stride(from: 0, to: whole.count, by: 1) {
      var bytes = whole
      bytes[place] ^= 1
      #expect(throws: TrainingError.self) { try Checkpoint(decoding: bytes, path: path) }
    }
    for count in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: TrainingError.self) {
        try Checkpoint(decoding: Array(whole.prefix(count)), path: path)
      }
    }
    for bytes in [Array(whole.dropLast()), whole + [0], [], Array("{}".utf8)] {
      try writeFile(bytes, to: path)
      let error = try refused(folder, text)
      #expect(error.message.contains(path) && error.message.contains("damaged"))
    }
    try writeFile(whole, to: path)
    try trained(text, into: folder, sittings: [])
  }

  @Test("weights that are no checkpoint, a later format, and the checkpoint of another network")
  func foreign() throws {
    let (folder, text) = try stoppedRun()
    let path = "\(folder).partial/checkpoint.safetensors"
    let whole = try readFile(at: path, maximumBytes: 1 << 20)
    try writeFile(
      readFile(at: trained(text).run + "/weights.safetensors", maximumBytes: 1 << 20), to: path)
    #expect(try refused(folder, text).message.contains("not a checkpoint"))
    let format = Array("plumb checkpoint 1".utf8)
    var later = whole
    let place = try #require(later.firstRange(of: format))
    later[place.upperBound - 1] = UInt8(ascii: "2")
    try writeFile(later, to: path)
    #expect(try refused(folder, text).message.contains("format 2"))
    var checkpoint = try Checkpoint(decoding: whole, path: path)
    checkpoint.executor.tensors[0].shape.reverse()
    try writeFile(checkpoint.encoded(), to: path)
    #expect(try refused(folder, text).message.contains("does not fit this run"))
    checkpoint = try Checkpoint(decoding: whole, path: path)
    checkpoint.steps.rows = 7
    try writeFile(checkpoint.encoded(), to: path)
    #expect(try refused(folder, text).message.contains("does not fit this run"))
  }

  @Test("a run that another process is writing")
  func locked() throws {
    let (folder, text) = try stoppedRun()
    let lock = try FolderLock("\(folder).partial")
    #expect(lock != nil)
    #expect(try refused(folder, text).message.contains("another process"))
    withExtendedLifetime(lock) {}
  }

  @Test("a new run where one was cut short, and a folder of something else")
  func taken() throws {
    let (folder, text) = try stoppedRun()
    let new = refusal { _ = try train(compiled(text), at: .folder(folder), version: "test") }
    #expect(new?.message.contains("cut short") == true)
    #expect(new?.hints.first?.contains("--resume \(folder)") == true)
    let other = try Repository.temporaryFolder() + "/mine"
    try FileManager.default.createDirectory(
      atPath: other + ".partial", withIntermediateDirectories: false)
    try "keep".write(toFile: other + ".partial/file", atomically: true, encoding: .utf8)
    #expect(try refused(other, text).message.contains("something else"))
  }

  @Test("a run that has ended, whose name may have been missing when it was cut short")
  func ended() throws {
    let (folder, _) = try trained(irisSpec("epochs: 2, checkpoint: {every: 1}"))
    let whole = try contents(folder)
    for name in [folder, folder + "/", folder + ".partial"] {
      #expect(try RunPlace.endedRun(name) == folder)
    }
    try FileManager.default.moveItem(atPath: folder, toPath: folder + ".partial")
    #expect(try RunPlace.endedRun(folder) == folder)
    #expect(try contents(folder) == whole)
    let parent = try Repository.temporaryFolder()
    #expect(try RunPlace.endedRun(parent + "/none") == nil)
    #expect(throws: TrainingError.self) { try RunPlace.endedRun(parent) }
  }
}
