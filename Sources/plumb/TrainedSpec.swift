import ArgumentParser
import SpecCompiler
import SpecSyntax
import Tables
import Training

/// What a call of `plumb train` trains: what its arguments say, or what the run says that it goes
/// on with.
struct TrainedSpec {
  /// The spec, under the path from which its own paths lead.
  let text: SourceText
  let values: SpecValues
  let command: TrainCommand
  let threads: Int?
  let repeats: Repeats?
  /// The file that named the table when the run began; nil for a run that begins now.
  private(set) var tableNamedIn: String?
  /// What the author should know before it goes on.
  private(set) var notes: [String] = []

  /// The spec that is named.
  init(_ train: Train, spec: String) throws {
    text = try readSpec(spec)
    (values, command, threads, repeats) = (
      train.values, TrainCommand(), train.threads, train.repeats
    )
  }

  /// The spec of the run of a folder, by the command with which it began.
  ///
  /// It is read where that command found it, from the current folder or from the one that the
  /// numbered runs of the folder lie in. Where it is gone or another one by now, the run's own copy
  /// is taken in its place, and that is said.
  init(resuming folder: String, _ train: Train) throws {
    let begun: BegunRun
    do throws(TrainingError) {
      begun = try RunPlace.begun(folder)
    } catch {
      throw Failure(error)
    }
    let hint = "name the spec: `plumb train SPEC --resume \(folder)`"
    guard let kept = TrainCommand(text: begun.command),
      let first = try? Train.parse(kept.arguments), let spec = first.spec
    else { throw Failure("the command of `\(folder)` is none of this version", hint: hint) }
    guard first.repeats == nil || !train.showsProfile else {
      throw Failure("--profile shows one run, and `\(folder)` holds repeated ones")
    }
    (values, repeats) = (first.values, first.repeats)
    threads = train.threads ?? first.threads
    command = train.threads.map { kept.with(threads: $0) } ?? kept
    tableNamedIn = begun.table.spec
    guard spec != "-" else {
      guard let copy = begun.spec else {
        throw Failure("`\(begun.folder)` does not hold its spec yet", hint: hint)
      }
      text = SourceText(name: "<stdin>", bytes: copy)
      return
    }
    let places = spec.hasPrefix("/") ? [spec] : [spec, "\(begun.folder)/../../../\(spec)"]
    let found = places.map { ($0, (try? readFile(at: $0, maximumBytes: 16 << 20)) ?? []) }
    if let same = found.first(where: { sha256($0.1) == begun.specDigest }) {
      text = SourceText(name: same.0, bytes: same.1)
      return
    }
    guard let copy = begun.spec else {
      throw Failure(
        "`\(spec)` is not the spec that `\(folder)` began with, and there is no copy of it",
        hint: hint)
    }
    let place = places.first { FilePath.isThere(FilePath.resolve(begun.table.path, from: $0)) }
    text = SourceText(name: place ?? spec, bytes: copy)
    let isThere = places.contains { FilePath.isThere($0) }
    notes = [
      "`\(spec)` \(isThere ? "has changed" : "is gone") since the run began, which goes on with "
        + "its own copy"
    ]
    if isThere { notes.append("help: to train what it says now, begin a run: `\(kept.text)`") }
  }
}
