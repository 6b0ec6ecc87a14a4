/// What the command line asks for.
struct Options: Sendable {
  var folder: String?
  var output = "evidence.jsonl"
  var rules: [String]?
  var tables: [String]?
  var plan = RunPlan()
  var cap = TableCap()
  /// Minutes after which it stops; nil to go on until everything is known.
  var budget: Double?
  /// The folder of plumb into which records and table are written; nil to print the table.
  var write: String?
  var needsHelp = false

  static let help = """
    USAGE: plumb-evidence FOLDER [OPTION ...]

    Tries the advice of rules on the tables of a folder, which `datasets.json` in it lists, and
    prints the evidence table. What is found out is kept in a file, so that a run that was stopped
    goes on where it was. Figures depend on the options --rows, --cells, --trials, --seeds and
    --natural only, seconds excepted.

      --rules A202,B503     only these of the planned rules
      --tables iris,diamonds  only these tables
      --seeds N             paired seeds: each fixes split, first weights and order (5)
      --natural N           specs drawn at random for each table (6)
      --trials N            trials of the random search that says what can be reached (40)
      --rows N              rows of a table that are used at most, evenly spread (2000)
      --cells N             rows times columns of it at most (800000)
      --jobs N              trainings at a time, on a thread each (1)
      --budget MINUTES      stop after so long, to be continued by the same command
      --output FILE         what was found out so far (evidence.jsonl)
      --write FOLDER        write the records into the sources of plumb in this folder
    """

  /// Reads the arguments; throws what is wrong with them in words.
  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-") else {
        guard folder == nil else { throw EvidenceError("there is one folder of tables") }
        folder = argument
        continue
      }
      if ["--help", "-h"].contains(argument) {
        needsHelp = true
        continue
      }
      guard let value = rest.popFirst() else { throw EvidenceError("\(argument) needs a value") }
      try set(argument, to: value)
    }
    guard needsHelp || folder != nil else {
      throw EvidenceError("a folder with tables and `datasets.json` is needed")
    }
    for code in rules ?? [] where Plan.rule(code) == nil {
      let codes = Plan.rules.map(\.code).joined(separator: ", ")
      throw EvidenceError("there is no plan for `\(code)`; there are \(codes)")
    }
  }

  private mutating func set(_ argument: String, to value: String) throws {
    func count(from least: Int = 1) throws -> Int {
      guard let count = Int(value), count >= least else {
        throw EvidenceError("\(argument) needs a whole number of at least \(least)")
      }
      return count
    }
    let list = value.split(separator: ",").map(String.init)
    switch argument {
    case "--rules": rules = list
    case "--tables": tables = list
    case "--seeds": plan.seeds = try count()
    case "--natural": plan.natural = try count(from: 0)
    case "--trials": plan.trials = try count()
    case "--jobs": plan.jobs = try count()
    case "--rows": cap.rows = try count(from: 50)
    case "--cells": cap.cells = try count(from: 1000)
    case "--budget":
      guard let minutes = Double(value), minutes > 0, minutes.isFinite else {
        throw EvidenceError("--budget needs a number of minutes above 0")
      }
      budget = minutes
    case "--output": output = value
    case "--write": write = value
    default: throw EvidenceError("there is no option \(argument)")
    }
  }

  /// The command that gives the same figures, without places and pace.
  var command: String {
    var words = ["plumb-evidence TABLES --seeds \(plan.seeds) --natural \(plan.natural)"]
    words.append("--trials \(plan.trials) --rows \(cap.rows) --cells \(cap.cells)")
    if let rules { words.append("--rules \(rules.joined(separator: ","))") }
    if let tables { words.append("--tables \(tables.joined(separator: ","))") }
    return words.joined(separator: " ")
  }
}
