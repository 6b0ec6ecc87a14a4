import NetworkGraph
import SpecSyntax
import Testing

@Suite("Schedules")
struct ScheduleTests {
  /// Fields that each schedule needs beside `start`.
  static let fields = [
    "step": ", every: 3", "multi_step": ", milestones: 30%", "cosine_restarts": ", period: 4",
  ]
  /// Schedules whose rate also rises.
  static let rising: Set<String> = ["cosine_restarts", "one_cycle"]

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

  @Test("training begins at `start`, falls unless it is in cycles, and is positive or ends at 0",
    arguments: Schedules.all.map { $0.name })
  func shape(name: String) throws {
    let rates = Self.rates(try Self.schedule(name), losses: Array(repeating: 1, count: 10))
    #expect(rates[0] == 0.5)
    let falls = zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 }
    #expect(falls != Self.rising.contains(name))
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

  /// Rates of steps 0, 1, 14, 15, 29, 30, 50, 75, 98 and 99 by PyTorch 2.13.
  static let fixtures: [(name: String, fields: String, rates: [Double])] = [
    ("step", ", every: 3",
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.05, 0.05, 0.005, 0.0005, 0.0005]),
    ("exponential", ", factor: 0.5", [
      0.5, 0.4665164958, 0.1894645708, 0.1767766953, 0.0669858414, 0.0625, 0.015625, 0.0027621359,
      0.0005608879, 0.0005233269,
    ]),
    ("polynomial", ", power: 2", [
      0.5, 0.4899500051, 0.3685848383, 0.3599632691, 0.2499744924, 0.2428833792, 0.1224875013,
      0.0293847567, 0.0000510152, 0,
    ]),
    ("cosine", ", end: 0.1", [
      0.5, 0.4998993085, 0.4805853077, 0.4777670897, 0.4211219374, 0.4160113819, 0.2968268072,
      0.1552531924, 0.1001006915, 0.1,
    ]),
    ("cosine_restarts", ", period: 2, multiplier: 2, end: 0.1", [
      0.5, 0.4975376681, 0.1824429495, 0.1585786438, 0.4520811931, 0.4414213562, 0.1585786438,
      0.4662939225, 0.3156918191, 0.3078519632,
    ]),
    ("one_cycle", ", peak: 2, end: 0.005", [
      0.5, 0.5043965321, 1.2093958186, 1.2906041814, 2, 1.9989955839, 1.5888157892, 0.5298160092,
      0.0060044161, 0.005,
    ]),
  ]

  @Test("rates are those of PyTorch", arguments: fixtures)
  func published(name: String, fields: String, expected: [Double]) throws {
    let document = try read(ScheduleDocument.self, name, "start: 0.5" + fields)
    let rates = Self.rates(document.schedule)
    for (step, rate) in zip([0, 1, 14, 15, 29, 30, 50, 75, 98, 99], expected) {
      #expect(abs(rates[step] - rate) < 1e-10, "step \(step): \(rates[step])")
    }
  }

  @Test("milestones are epochs or shares of all epochs")
  func milestones() throws {
    for text in ["[3, 5, 8]", "[30%, 50%, 80%]"] {
      let fields = PlainValue.map([
        .init("start", .number(0.5)),
        .init("milestones", .list(text.split { "[], ".contains($0) }.map { .name(String($0)) })),
      ])
      var log = DiagnosticLog()
      let node = PlainValue.map([.init("multi_step", fields)]).node(at: .none)
      let schedule = SpecSyntax.read(ScheduleDocument.self, from: node, into: &log)
        .section.schedule
      let rates = Self.rates(schedule)
      let known = [(29, 0.5), (30, 0.05), (49, 0.05), (50, 0.005), (79, 0.005), (80, 0.0005)]
      #expect(known.allSatisfy { abs(rates[$0.0] - $0.1) < 1e-12 }, "\(rates)")
    }
  }

  @Test("the inverse root is that of the step's number once the warm-up is over")
  func inverseRoot() throws {
    let rates = Self.rates(try Self.schedule("inverse_sqrt", ", warmup: 15"))
    for step in [15, 16, 31, 63, 99] {
      #expect(abs(rates[step] - 0.5 * (16 / Double(step + 1)).squareRoot()) < 1e-12)
    }
    #expect(abs(Self.rates(try Self.schedule("inverse_sqrt"))[30] - 0.25) < 1e-12)
    let slow = Self.rates(try Self.schedule("inverse_sqrt", ", timescale: 33"))
    #expect(abs(slow[99] - 0.25) < 1e-12)
  }

  @Test("a training of one step has a rate, whatever the schedule",
    arguments: Schedules.all.map { $0.name })
  func oneStep(name: String) throws {
    for warmup in ["0", "1", "90%"] {
      let schedule = try Self.schedule(name, ", warmup: \(warmup)")
      let rate = schedule.rate(at: TrainingProgress(step: 0, totalSteps: 1, stepsPerEpoch: 1))
      #expect(rate.isFinite && rate >= 0)
    }
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
