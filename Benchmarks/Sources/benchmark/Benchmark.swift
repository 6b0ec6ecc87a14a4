import Foundation

/// Runs the workloads and prints what came out.
@main
struct Benchmark {
  let options: Options
  let places: Places

  static func main() {
    do {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      if options.needsHelp {
        print(Options.help)
      } else {
        try Benchmark(options).run()
      }
    } catch {
      say("error: \(error)")
      exit(1)
    }
  }

  init(_ options: Options) {
    self.options = options
    var package = URL(filePath: #filePath)
    for _ in 0..<3 { package.deleteLastPathComponent() }
    let environment = ProcessInfo.processInfo.environment
    places = Places(
      package: package,
      plumb: options.plumb ?? package.appending(path: "../.build/release/plumb").path(),
      baseline: options.baseline,
      python: options.python ?? environment["BENCHMARK_PYTHON"]
        ?? package.appending(path: ".venv/bin/python").path())
  }

  private func run() throws {
    let workloads = try chosenWorkloads()
    let contenders = try chosenContenders()
    for workload in workloads { try SyntheticData.prepare(workload, in: places.data) }
    defer { try? FileManager.default.removeItem(at: places.data.appending(path: "runs")) }
    print("\(Machine.description)\n")
    var all: [Results] = []
    for workload in workloads {
      let results = try rounds(of: workload, contenders)
      print(ResultTable.details(results))
      all.append(results)
    }
    print(ResultTable.summary(all))
    print(versions(all))
  }

  /// Every contender once a round; each round begins with another, so that none always follows the
  /// same neighbour.
  private func rounds(of workload: Workload, _ contenders: [Contender]) throws -> Results {
    var results = Results(workload, contenders)
    var able = contenders
    for round in 0..<options.rounds {
      let lock = try options.lock.map(FileLock.init)
      let shift = round % max(able.count, 1)
      for contender in able[shift...] + able[..<shift] {
        do {
          guard let measurement = try contender.measure(workload) else {
            able.removeAll { $0.name == contender.name }
            continue
          }
          results.add(measurement, of: contender)
          Self.say(
            "\(workload.name) round \(round + 1): \(contender.name) "
              + "\(Int(measurement.samplesPerSecond))/s")
        } catch {
          Self.say("\(workload.name): \(error)")
          able.removeAll { $0.name == contender.name }
        }
      }
      lock?.release()
    }
    return results
  }

  private func chosenWorkloads() throws -> [Workload] {
    let all = try Workload.all(in: places.workloads)
    guard !options.workloads.isEmpty else { return all }
    return try options.workloads.map { name in
      guard let workload = all.first(where: { $0.name == name }) else {
        let names = all.map(\.name).joined(separator: ", ")
        throw StartFailure(description: "there is no workload `\(name)`; there are \(names)")
      }
      return workload
    }
  }

  private func chosenContenders() throws -> [Contender] {
    let all = Contender.all(places)
    guard let chosen = options.contenders else { return all }
    for name in chosen where !all.contains(where: { $0.name == name }) {
      let names = all.map(\.name).joined(separator: ", ")
      throw StartFailure(description: "there is no contender `\(name)`; there are \(names)")
    }
    let always = ["plumb", "plumb-baseline"]
    return all.filter { always.contains($0.name) || chosen.contains($0.name) }
  }

  /// Who took part, and in which version.
  private func versions(_ all: [Results]) -> String {
    var seen: Set<String> = []
    var lines: [String] = []
    for results in all {
      for contender in results.measured where seen.insert(contender.name).inserted {
        let version = results.measurements[contender.name]?.first?.version
        lines.append("- \(contender.name)\(version.map { " \($0)" } ?? ""): \(contender.title)")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Prints progress, apart from the results.
  static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}
