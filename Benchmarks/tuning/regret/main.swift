import Foundation
import Tuning

// Searches a function: regret FUNCTION SAMPLER SEED TRIALS. Prints, for each trial, the regret of the
// best so far and the microseconds that its suggestion took, on a line.
let arguments = CommandLine.arguments
guard arguments.count == 5,
  let function = BenchmarkFunction.all.first(where: { $0.name == arguments[1] }),
  let sampler = Samplers.named(arguments[2]),
  let seed = UInt64(arguments[3]), let count = Int(arguments[4])
else {
  FileHandle.standardError.write(Data("usage: regret FUNCTION SAMPLER SEED TRIALS\n".utf8))
  exit(2)
}
var trials: [Trial] = []
var best = Double.infinity
var lines = ""
let clock = ContinuousClock()
for number in 0..<count {
  let start = clock.now
  guard
    let point = sampler.parameters(of: number, after: trials, in: function.space, seed: seed)
  else { break }
  let duration = (clock.now - start).components.attoseconds / 1_000_000_000_000
  let regret = function.regret(point)
  best = min(best, regret)
  trials.append(Trial(number: number, state: .complete, parameters: point, values: [regret]))
  lines += "\(best) \(duration)\n"
}
print(lines, terminator: "")
