/// All rounds of one workload.
struct Results: Sendable {
  let workload: Workload
  /// By contender's name; one entry a round, in the order of the rounds.
  private(set) var measurements: [String: [Measurement]] = [:]
  private let contenders: [Contender]

  init(_ workload: Workload, _ contenders: [Contender]) {
    self.workload = workload
    self.contenders = contenders
  }

  mutating func add(_ measurement: Measurement, of contender: Contender) {
    measurements[contender.name, default: []].append(measurement)
  }

  /// Contenders that have figures, in the order of the table.
  var measured: [Contender] { contenders.filter { measurements[$0.name] != nil } }

  /// The ordinary tool with the highest median.
  var bestOrdinary: Contender? {
    measured.filter(\.isOrdinary).max { speed($0.name).median < speed($1.name).median }
  }

  func speed(_ name: String) -> Spread { spread(name) { $0.samplesPerSecond } }
  func job(_ name: String) -> Spread { spread(name) { $0.jobSeconds } }
  func peak(_ name: String) -> Spread { spread(name) { Double($0.peakBytes) } }

  /// How many times as fast plumb is, from pairs of one round.
  func ratio(to name: String) -> Spread? {
    guard let ours = measurements["plumb"], let theirs = measurements[name], name != "plumb",
      ours.count == theirs.count
    else { return nil }
    return Spread(zip(ours, theirs).map { $0.samplesPerSecond / $1.samplesPerSecond })
  }

  private func spread(_ name: String, _ value: (Measurement) -> Double) -> Spread {
    Spread((measurements[name] ?? []).map(value))
  }
}
