import Foundation
import TestSupport
import Testing

@Suite("a run is gone on with by its folder alone")
struct ResumeOwnSpecTests {
  /// A folder with a spec of one epoch a step, and its table.
  private func folder(epochs: Int) throws -> String {
    let folder = try Repository.temporaryFolder()
    try FileManager.default.copyItem(
      atPath: Repository.path("specs/examples/iris.csv"), toPath: "\(folder)/iris.csv")
    let text = """
      plumb: 1
      data: {source: iris.csv, target: species}
      training: {epochs: \(epochs), early_stopping: none, checkpoint: {every: 1}}

      """
    try text.write(toFile: "\(folder)/spec.yaml", atomically: true, encoding: .utf8)
    return folder
  }

  /// Trains until an epoch is over, and asks the training to stop.
  private static let cut = """
    cut() { rm -f err; plumb "$@" > out 2> err & p=$!
      until grep -qsE 'epoch +[0-9]+/' err; do kill -0 $p 2>/dev/null || break; sleep 0.02; done
      kill -INT $p; wait $p; echo "code $?"; cat err; }
    """

  @Test("with the values, the spec and the table that it began with")
  func values() throws {
    let folder = try folder(epochs: 500)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try Tool.shell(
      """
      \(Self.cut)
      cut train spec.yaml --set 'training.seed= 7' --set model.hidden_layers=[100,100]
      plumb train --resume runs/spec/1 --quiet 2>&1; echo "code $?"
      plumb train spec.yaml --set 'training.seed= 7' --set model.hidden_layers=[100,100] --quiet 2>&1
      diff -r --exclude=timing.json --exclude='events.*' runs/spec/1 runs/spec/2 && echo same bytes
      grep sittings runs/spec/*/timing.json
      """, in: folder)
    #expect(text.contains("code 130") && text.contains("`plumb train --resume runs/spec/1`"))
    #expect(text.contains("same bytes") && text.contains("in 2 sittings"), "\(text.suffix(900))")
    #expect(text.contains("runs/spec/1/timing.json:  \"sittings\" : 2"))
    #expect(!text.contains("runs/spec/2/timing.json:"))
  }

  @Test("and says where the spec has changed or is gone, or the folder knows of none")
  func spec() throws {
    let folder = try folder(epochs: 100_000)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try Tool.shell(
      """
      \(Self.cut)
      cut train spec.yaml
      sed -i 's/100000/5/' spec.yaml; cut train --resume runs/spec/1
      mv spec.yaml other.yaml; cut train --resume runs/spec/1
      mv other.yaml spec.yaml; sed -i 's/epochs: 5,/epochs: 100000,/' spec.yaml
      mkdir else; cd else; cut train --resume ../runs/spec/1/; cd ..
      plumb train --resume runs/spec/1 --finish --quiet; grep '"spec" : "' runs/spec/1/manifest.json
      mkdir x.partial; plumb train --resume x 2>&1; echo "code $?"
      """, in: folder)
    #expect(text.contains("`spec.yaml` has changed since the run began"), "\(text)")
    #expect(text.contains("help: to train what it says now, begin a run: `plumb train spec.yaml`"))
    #expect(text.contains("`spec.yaml` is gone since the run began"))
    #expect(text.components(separatedBy: "code 130").count == 5)
    #expect(text.contains("in 5 sittings") && text.contains("\"spec\" : \"spec.yaml\""))
    #expect(text.contains("`x.partial` does not say what it trains") && text.contains("code 2"))
  }

  @Test("repeated runs go on with those that are left, also after a kill")
  func repeats() throws {
    let folder = try folder(epochs: 300)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = try Tool.shell(
      """
      plumb train spec.yaml --folds 4 --seeds 3 --run whole --quiet > /dev/null 2>&1
      plumb train spec.yaml --folds 4 --seeds 3 --run run --quiet > /dev/null 2>&1 & p=$!
      until [ "$(cat run.partial/repeats.log 2>/dev/null | wc -l)" -gt 2 ]; do
        kill -0 $p || break; sleep 0.01; done
      kill -KILL $p; wait $p 2>/dev/null
      plumb train spec.yaml --resume run 2>&1; echo "code $?"
      cp -r run.partial part.partial
      plumb train --resume part --finish 2>/dev/null
      printf half >> run.partial/repeats.log
      plumb train --resume run 2>&1; echo "code $?"
      diff -r --exclude=timing.json whole run && echo same bytes
      plumb train --resume run --format json 2>err | head -1; cat err
      """, in: folder)
    #expect(text.contains("holds repeated runs") && text.contains("code 2"), "\(text)")
    #expect(text.contains("runs of 4 folds, 3 seeds") && text.contains("measures: part"))
    #expect(!text.contains("run 1 of 12:") && text.contains("run 12 of 12: fold 4 of 4, seed 44"))
    #expect(text.contains("in 2 sittings") && text.contains("same bytes"))
    #expect(text.contains("{\n`run` has ended: there is nothing to go on with"))
  }
}
