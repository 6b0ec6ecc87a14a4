import Foundation

/// What the command line asks for.
struct Options {
  var workloads: [String] = []
  var rounds = 5
  var contenders: [String]?
  var plumb: String?
  var baseline: String?
  var python: String?
  var lock: String?
  var needsHelp = false

  static let help = """
    USAGE: swift run -c release benchmark [WORKLOAD ...] [OPTION ...]

    Trains each workload with each contender in interleaved rounds and prints tables.

      --rounds N            rounds of each workload (5)
      --contenders A,B      only these, beside plumb
      --plumb PATH          the program (.build/release/plumb of the repository)
      --baseline PATH       an earlier build, as a contender of its own
      --python PATH         a Python with the peers (BENCHMARK_PYTHON, or .venv/bin/python)
      --lock FILE           hold this file's lock during each round
    """

  /// Reads the arguments; throws what is wrong with them in words.
  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-") else {
        workloads.append(argument)
        continue
      }
      if ["--help", "-h"].contains(argument) {
        needsHelp = true
        continue
      }
      guard let value = rest.popFirst() else {
        throw StartFailure(description: "\(argument) needs a value")
      }
      switch argument {
      case "--rounds":
        guard let count = Int(value), count > 0 else {
          throw StartFailure(description: "--rounds needs a number of at least 1")
        }
        rounds = count
      case "--contenders": contenders = value.split(separator: ",").map(String.init)
      case "--plumb": plumb = value
      case "--baseline": baseline = value
      case "--python": python = value
      case "--lock": lock = value
      default: throw StartFailure(description: "there is no option \(argument)")
      }
    }
  }
}
