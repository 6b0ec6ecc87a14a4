import Foundation
import TestSupport
import Testing

@Suite("a training that is interrupted, killed or refused by the machine")
struct ResumeCommandTests {
  /// A folder with a spec that trains for longer than any test, and its table.
  private func folder(training: String = "epochs: 200000, early_stopping: none") throws -> String {
    let folder = try Repository.temporaryFolder()
    try FileManager.default.copyItem(
      atPath: Repository.path("specs/examples/iris.csv"), toPath: "\(folder)/iris.csv")
    let text = "plumb: 1\ndata: {source: iris.csv, target: species}\ntraining: {\(training)}\n"
    try text.write(toFile: "\(folder)/spec.yaml", atomically: true, encoding: .utf8)
    return folder
  }

  /// Starts a training, waits until it trains, and sends it signals; what it printed, and its code.
  private func interrupted(
    _ command: String, _ signals: String, in folder: String
  ) throws -> String {
    try Tool.shell(
      """
      rm -f out err
      \(command) > out 2> err & p=$!
      until grep -qsE 'epoch [0-9]+/' err; do kill -0 $p || break; sleep 0.05; done
      for s in \(signals); do kill -$s $p; done
      wait $p; echo "code $?"; cat out; cat err
      """, in: folder)
  }

  @Test(
    "saves and says how to go on, also when it is told to terminate or its terminal ends",
    arguments: ["INT", "TERM", "HUP"])
  func interrupts(signal: String) throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try interrupted(
      "plumb train spec.yaml --set 'training.seed= 7' --threads 1", signal, in: folder)
    #expect(text.contains("code 130"), "\(text.suffix(500))")
    let command = "plumb train --resume runs/spec/1"
    #expect(text.contains("`\(command)`") && text.contains("`\(command) --finish`"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder)/runs/spec") == ["1.partial"])
    let again = try interrupted(command, signal, in: folder)
    #expect(again.contains("are over") && again.contains("code 130"), "\(again.suffix(500))")
    let end = try Tool.shell("\(command) --finish --quiet; echo code $?", in: folder)
    #expect(end.contains("interrupted after") && end.contains("run: runs/spec/1"))
    #expect(end.contains("code 0"))
    let ended = try Tool.shell("\(command) 2>&1; echo code $?", in: folder)
    #expect(ended.contains("`runs/spec/1` has ended") && ended.contains("code 0"))
    let evaluated = try Tool.shell("plumb evaluate runs/spec/1 iris.csv", in: folder)
    #expect(evaluated.contains("150 rows"))
  }

  @Test("ends at once when it is interrupted again, by whatever signal")
  func twice() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try interrupted("plumb train spec.yaml --run run", "INT TERM", in: folder)
    #expect(text.contains("code 143") || text.contains("code 130"), "\(text.suffix(300))")
  }

  @Test("ends with the same bytes after kills at random moments")
  func kills() throws {
    let text = try Tool.shell("'\(Repository.path("scripts/kill-test"))' 6 \"$(command -v plumb)\" 2>&1",
      in: NSTemporaryDirectory())
    #expect(text.contains("6 kills in ") && text.contains("2 kills in "), "\(text)")
  }

  @Test("says what goes with what", arguments: [
    (["--resume", "a", "--folds", "3"], "own values"), (["--resume", "a", "--set", "b=1"], "own values"),
    (["iris.yaml", "--resume", "a", "--run", "b"], "--run"), (["iris.yaml", "--finish"], "--resume"),
    ([], "name the spec"), (["--resume", "no/run"], "there is no run `no/run.partial`"),
  ])
  func usage(arguments: [String], word: String) throws {
    let result = try Tool.run(["train"] + arguments)
    #expect(result.code == 2 && result.errors.contains(word), "\(result.errors)")
  }

  @Test("two processes do not go on with one run")
  func twoAtOnce() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try Tool.shell(
      """
      plumb train spec.yaml --run run > out 2> err & p=$!
      until grep -qE 'epoch [0-9]+/' err; do kill -0 $p || break; sleep 0.05; done
      plumb train spec.yaml --resume run 2>&1; echo "code $?"
      plumb train spec.yaml --run run 2>&1; echo "code $?"
      kill -KILL $p; wait $p
      """, in: folder)
    #expect(text.contains("another process is writing `run.partial`"), "\(text)")
    #expect(text.components(separatedBy: "code 2").count == 3)
  }

  @Test("a table that was changed or has vanished since is named, and the run stays as it is")
  func data() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try interrupted("plumb train spec.yaml --run run", "INT", in: folder)
    let before = try Data(contentsOf: URL(filePath: "\(folder)/run.partial/checkpoint.safetensors"))
    let text = try Tool.shell(
      """
      mv iris.csv old.csv
      plumb train spec.yaml --resume run 2>&1; echo "code $?"
      sed '2s/5.1/5.2/' old.csv > iris.csv
      plumb train spec.yaml --resume run 2>&1; echo "code $?"
      """, in: folder)
    #expect(text.contains("no such file"), "\(text)")
    #expect(text.contains("`iris.csv` is not the table that the run was trained on"), "\(text)")
    #expect(text.components(separatedBy: "code 2").count == 3)
    #expect(
      try Data(contentsOf: URL(filePath: "\(folder)/run.partial/checkpoint.safetensors")) == before)
  }

  /// What a line of a shell prints where file systems may be mounted; nil, saying so, where they
  /// may not.
  private func mounting(_ line: String, in folder: String) throws -> String? {
    guard try Tool.shell("unshare -m true 2>/dev/null && echo yes", in: folder) == "yes\n" else {
      print("skipped: file systems can be mounted by root only")
      return nil
    }
    return try Tool.shell("unshare -m sh -c '\(line)' 2>&1", in: folder)
  }

  @Test("a full disk is named, and the last checkpoint stays and is gone on from")
  func full() throws {
    // A checkpoint of every epoch, which grows, on a disk that holds the first, not the hundredth.
    let folder = try folder(
      training: "epochs: 400, early_stopping: none, checkpoint: {every: 1}, batch_size: 128")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line = """
      mkdir disk && mount -t tmpfs -o size=96k none disk || exit
      plumb train spec.yaml --run disk/run --quiet; echo "code $?"
      ls -A disk/run.partial
      mount -o remount,size=4m disk
      plumb train spec.yaml --resume disk/run; echo "code $?"
      plumb train spec.yaml --run whole --quiet > /dev/null
      diff -r --exclude=timing.json --exclude='events.*' whole disk/run && echo same bytes
      """
    guard let text = try mounting(line, in: folder) else { return }
    #expect(text.contains("cannot be written: no space left on device"), "\(text.prefix(600))")
    #expect(text.contains("make room") && text.contains("--resume disk/run"))
    #expect(text.contains("code 2") && text.contains("checkpoint.safetensors\n"))
    #expect(!text.contains("\ncheckpoint.safetensors.new") && text.contains("are over"))
    #expect(text.contains("code 0") && text.contains("same bytes"), "\(text.suffix(600))")
  }

  @Test("a trained run that its folder does not take is written elsewhere, or said to be lost")
  func spare() throws {
    let folder = try folder(training: "epochs: 5, early_stopping: none")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // The disk takes what a run begins with, not its weights.
    let line = """
      mkdir disk spare && mount -t tmpfs -o size=80k none disk || exit
      train="plumb train spec.yaml --set model.hidden_layers=[200,200] --quiet --run"
      TMPDIR=$PWD/spare $train disk/run; echo "code $?"
      TMPDIR=$PWD/disk $train disk/run; echo "code $?"
      ls -A disk; $train whole > /dev/null
      diff -r --exclude=timing.json --exclude="events.*" whole spare/plumb-run-1 && echo same bytes
      plumb evaluate spare/plumb-run-1 iris.csv
      """
    guard let text = try mounting(line, in: folder) else { return }
    let full = "`disk/run.partial/weights.safetensors` cannot be written: no space left on device"
    #expect(text.contains(full + "\nhelp: the trained run is whole in "), "\(text)")
    #expect(text.contains("spare/plumb-run-1`: move it from there"))
    #expect(text.contains(full + ", and the trained weights are lost: "))
    #expect(text.components(separatedBy: "code 2\n").count == 3)
    #expect(text.contains("same bytes") && text.contains("150 rows"))
  }

  @Test("a folder that cannot be written is named before anything is trained")
  func readOnly() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line = """
      mkdir disk && mount -t tmpfs none disk && mount -o remount,ro disk || exit
      plumb train spec.yaml --run disk/run; echo "code $?"
      """
    guard let text = try mounting(line, in: folder) else { return }
    #expect(text.contains("`disk/run.partial` cannot be written: read-only file system"), "\(text)")
    #expect(text.contains("help: ") && text.contains("code 2") && !text.contains("epoch "))
  }
}
