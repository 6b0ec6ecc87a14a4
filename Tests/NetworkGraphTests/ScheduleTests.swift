import NetworkGraph
import SpecSyntax
import Testing

@Suite("Schedules")
struct ScheduleTests {
  /// Fields that each schedule needs beside `start`.
  static let fields = ["step": ", every: 3"]

  static func schedule(_ name: String, _ more: String = "") throws -> any Schedule {
    try read(ScheduleDocument.self, name, "start: 0.5" + (fields[name] ?? "") + more).schedule
  }

  /// The rates of a training of 10 epochs of 10 steps.
  static func rates(_ schedule: any Schedule, losses: [Double] = []) -> [Double] {
    (0..<100).map { step in
      let finished = Array(losses.prefix(step / 10))
      return schedule.rate(
        at: TrainingProgress(step: step, totalSteps: 100, stepsPerEpoch: 10, losses: finished))
    }
  }

  @Test("training begins at `start`, never rises, and stays positive or ends at 0",
    arguments: Schedules.all.map { $0.name })
  func shape(name: String) throws {
    let rates = Self.rates(try Self.schedule(name), losses: Array(repeating: 1, count: 10))
    #expect(rates[0] == 0.5)
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(rates.dropLast().allSatisfy { $0 > 0 })
  }

  @Test("a warm-up climbs evenly to `start`", arguments: Schedules.all.map { $0.name })
  func warmup(name: String) throws {
    for warmup in ["20%", "20"] {
      let rates = Self.rates(try Self.schedule(name, ", warmup: \(warmup)"))
      let climb = Array(rates[...20])
      #expect(zip(climb, climb.dropFirst()).allSatisfy { $0 < $1 }, "\(warmup)")
      #expect(climb[0] > 0 && climb[0] < 0.05 && abs(climb[20] - 0.5) < 1e-12)
    }
  }

  @Test("known points of the curves are hit")
  func points() throws {
    func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }
    let step = Self.rates(try Self.schedule("step"))
    #expect(isNear(step[29], 0.5) && isNear(step[30], 0.05) && isNear(step[99], 0.0005))
    let exponential = Self.rates(try Self.schedule("exponential", ", factor: 0.5"))
    #expect(isNear(exponential[10], 0.25) && isNear(exponential[90], 0.5 / 512))
    #expect(isNear(exponential[5], 0.5 * 0.5.squareRoot()))
    let toEnd = Self.rates(try Self.schedule("exponential", ", end: 0.005"))
    #expect(isNear(toEnd[99], 0.005) && isNear(toEnd[33], 0.5 * 0.21544346900318834))
    let cosine = Self.rates(try Self.schedule("cosine", ", end: 0.1"))
    #expect(isNear(cosine[99], 0.1) && isNear(cosine[33], 0.1 + 0.4 * 0.75))
    #expect(isNear(cosine[66], 0.1 + 0.4 * 0.25))
  }

  @Test("a plateau is cut after the patience, a falling loss is not")
  func plateau() throws {
    let schedule = try Self.schedule("reduce_on_plateau", ", patience: 2, factor: 0.1")
    let falling = Self.rates(schedule, losses: (0..<10).map { 1 / Double($0 + 1) })
    #expect(falling.allSatisfy { $0 == 0.5 })
    let flat = Self.rates(schedule, losses: Array(repeating: 1, count: 10))
    #expect(flat[29] == 0.5 && abs(flat[30] - 0.05) < 1e-12 && abs(flat[50] - 0.005) < 1e-12)
    let floored = try Self.schedule("reduce_on_plateau", ", patience: 1, minimum: 0.2")
    #expect(abs(Self.rates(floored, losses: Array(repeating: 1, count: 10))[99] - 0.2) < 1e-12)
    let resting = try Self.schedule("reduce_on_plateau", ", patience: 2, factor: 0.1, cooldown: 3")
    let rested = Self.rates(resting, losses: Array(repeating: 1, count: 10))
    #expect(abs(rested[30] - 0.05) < 1e-12 && abs(rested[79] - 0.05) < 1e-12 && rested[80] < 0.006)
  }

  @Test("a factor beside an end is reported as without effect")
  func exclusive() {
    var log = DiagnosticLog()
    let node = Fields.node("exponential", "start: 1, factor: 0.5, end: 0.1")
    _ = SpecSyntax.read(ScheduleDocument.self, from: node, into: &log)
    #expect(log.diagnostics.count == 1)
  }
}
