import Foundation
import Tuning

// How long a trial takes the store that does nothing: a claim with its suggestion, and its end
// with a curve of ten points; the median of each thousand.
//
//     swift run -c release claims [ADDRESS [TRIALS]]

let arguments = CommandLine.arguments.dropFirst()
let folder = NSTemporaryDirectory() + "plumb-claims-\(UUID().uuidString)"
let place = arguments.first ?? folder + "/claims.db"
let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000

let space = Space(
  (0..<6).map {
    Tuning.Dimension("x\($0)", .real(low: 1e-4, high: 1, step: nil, isLogarithmic: true))
  })
let settings = StudySettings(
  name: "claims-\(UUID().uuidString)", seed: 1, space: space, sampler: "random", pruner: "none")
let store = try DatabaseStore.open(try StudyAddress(place), settings)
let sampler = RandomSampler()
let clock = ContinuousClock()
var times: [Double] = []
while true {
  let start = clock.now
  let outcome = try store.claim(owner: "claims", seconds: 60, limit: count) { number, history in
    sampler.parameters(of: number, after: history, in: space, seed: 1)
  }
  guard case .claimed(let claim) = outcome else { break }
  var trial = claim.trial
  (trial.state, trial.values) = (.complete, [Double(trial.number)])
  trial.curve = (1...10).map { Trial.Point(step: $0, value: 1 / Double($0)) }
  guard try store.finish(claim, as: trial, notes: ["seconds": "0"]) else {
    fatalError("a result was refused")
  }
  times.append((clock.now - start) / .milliseconds(1))
  if times.count % 1000 == 0 {
    let median = times.suffix(1000).sorted()[500]
    print("trials \(times.count - 999) to \(times.count): \(String(format: "%.3f", median)) ms")
  }
}
try? FileManager.default.removeItem(atPath: folder)
