import Foundation
import TestSupport
import Testing
import Tuning

@testable import plumb

@Suite("plumb worker")
struct WorkerCommandTests {
  private static let spec = """
    plumb: 1
    name: a
    data: {source: iris.csv, target: species}
    model: {hidden_layers: [8]}
    training: {epochs: 4, learning_rate: 0.01}
    search:
      space: {training.learning_rate.start: {real: [1e-3, 1e-1], scale: log}}
      trials: 5
      sampler: random
      parallel: 3
    """ + "\n"

  /// A folder with a table, a spec, and a study of its trials, all of which wait again.
  private func folder() throws -> (folder: String, values: [[Double]]) {
    let folder = try Repository.folder(with: Self.spec)
    let begun = try Tool.run(["tune", "a.yaml", "--compare", "0", "--store", "a.db"], in: folder)
    #expect(begun.code == 0, "\(begun.errors)")
    return (folder, try values(folder))
  }

  private func values(_ folder: String) throws -> [[Double]] {
    try DatabaseStore.existing(StudyAddress(file: "\(folder)/a.db")).trials().map(\.values)
  }

  /// Puts the parameters of all trials in the queue of another study of the same spec.
  private func queue(_ folder: String) throws {
    let first = try DatabaseStore.existing(StudyAddress(file: "\(folder)/a.db", study: "a"))
    var settings = first.settings
    settings.name = "b"
    let second = try DatabaseStore.open(
      StudyAddress(file: "\(folder)/a.db"), settings, texts: first.texts)
    for trial in try first.trials() { try second.enqueue(trial.parameters) }
  }

  @Test("trains the trials of a study as the one who began it would, from anywhere")
  func trains() throws {
    let (folder, values) = try folder()
    try queue(folder)
    let elsewhere = try Repository.temporaryFolder()
    let result = try Tool.run(
      ["worker", "--study", "\(folder)/a.db?study=b", "--workers", "2"], in: elsewhere)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "study b: 5 trials ended here, 5 in all\n")
    let second = try DatabaseStore.existing(StudyAddress(file: "\(folder)/a.db", study: "b"))
    #expect(try second.trials().map(\.values) == values)
  }

  @Test("refuses a table or a spec that is not the study's, and says what differs")
  func refuses() throws {
    let (folder, _) = try folder()
    let table = try String(contentsOfFile: "\(folder)/iris.csv", encoding: .utf8)
    let other = try Repository.temporaryFolder()
    try Self.spec.write(toFile: "\(other)/a.yaml", atomically: true, encoding: .utf8)
    try (table + "5.1,3.5,1.4,0.2,setosa\n").write(
      toFile: "\(other)/iris.csv", atomically: true, encoding: .utf8)
    let line = ["worker", "--study", "\(folder)/a.db"]
    var result = try Tool.run(line + ["\(other)/a.yaml"], in: other)
    #expect(result.code == 2)
    #expect(result.errors.contains("error: this is not what the study `a` trains: `data` was `"))
    try table.write(toFile: "\(other)/iris.csv", atomically: true, encoding: .utf8)
    result = try Tool.run(line + ["\(other)/a.yaml"], in: other)
    #expect(result.code == 0, "\(result.errors)")
    try Self.spec.replacingOccurrences(of: "[8]", with: "[9]").write(
      toFile: "\(other)/a.yaml", atomically: true, encoding: .utf8)
    result = try Tool.run(line + ["\(other)/a.yaml"], in: other)
    #expect(result.code == 2 && result.errors.contains("`spec` was `"))
  }

  @Test("an address that leads nowhere is told in a line with a way out", arguments: [
    ("none.db", "there is no file `none.db`"), ("postgres://h:x/db", "character 14: `x` is no port"),
    ("postgres://me@127.0.0.1:1/lab", "`postgres://me@127.0.0.1:1/lab` cannot be reached"),
    ("postgres://me@h/lab?sslmode=require", "asks for encryption"),
  ])
  func nowhere(address: String, words: String) throws {
    let result = try Tool.run(["worker", "--study", address])
    #expect(result.code == 2 && result.errors.contains(words), "\(result.errors)")
    #expect(result.errors.hasPrefix("error: "))
  }

  @Test("a job for other machines needs a server that they can reach")
  func jobs() throws {
    let (folder, _) = try folder()
    let result = try Tool.run(["tune", "a.yaml", "--print", "slurm", "--store", "a.db"], in: folder)
    #expect(result.code == 2 && result.errors.contains("is a file, which other machines do not share"))
    guard let named = ProcessInfo.processInfo.environment["PLUMB_POSTGRES"] else {
      print("skipped: PLUMB_POSTGRES names no server; scripts/test starts one where it is installed")
      return
    }
    let study = "job-\(UUID().uuidString)"
    let printed = try Tool.run(
      ["tune", "a.yaml", "--print", "slurm", "--store", named, "--study", study], in: folder)
    #expect(printed.code == 0, "\(printed.errors)")
    #expect(printed.output.contains("#SBATCH --array=1-3\n"))
    #expect(printed.output.contains("study=\(study)") && !printed.output.contains(":plumb@"))
  }

  @Test("what is printed is a script and a manifest, whatever names are in it")
  func texts() throws {
    let job = WorkerJob(
      address: try StudyAddress("postgres://me:secret@db/lab?study=it's"), study: "It's ünder 1",
      workers: 3, processors: 2, folder: "/data/a 'b'", program: "/opt/plumb", image: "plumb:1")
    let slurm = job.text(.slurm)
    #expect(slurm.hasPrefix("#!/bin/bash\n") && slurm.contains("#SBATCH --job-name=plumb-it-s-nder-1\n"))
    #expect(slurm.contains("cd '/data/a '\\''b'\\''' || exit 2\n"))
    #expect(slurm.contains("\nsrun /opt/plumb worker --study "))
    #expect(!slurm.contains("secret"))
    let folder = try Repository.temporaryFolder()
    try slurm.write(toFile: "\(folder)/job", atomically: true, encoding: .utf8)
    #expect(try Tool.shell("bash -n job && echo fine", in: folder) == "fine\n")
    guard let python = Tool.python(importing: "yaml") else { return }
    try job.text(.kubernetes).write(toFile: "\(folder)/job.yaml", atomically: true, encoding: .utf8)
    let script = """
      import yaml
      job = yaml.safe_load(open('job.yaml'))
      spec = job['spec']['template']['spec']
      print(job['kind'], job['metadata']['name'], job['spec']['completions'])
      print(spec['containers'][0]['args'], spec['containers'][0]['workingDir'])
      """
    try script.write(toFile: "\(folder)/read.py", atomically: true, encoding: .utf8)
    #expect(
      try Tool.shell("\(python) read.py", in: folder) == """
        Job plumb-it-s-nder-1 3
        ['worker', '--study', "postgres://me@db/lab?study=it's", '--workers', '2'] /data/a 'b'

        """)
  }
}
