import SpecCompiler

/// Finds out what is not known yet, in an order in which an early end leaves whole seeds.
struct Runner {
  let tables: [DataSet]
  let rules: [PlannedRule]
  let file: EvidenceFile
  let plan: RunPlan
  /// Whether the time is over.
  let shouldStop: @Sendable () -> Bool
  let say: @Sendable (String) -> Void

  /// Works until everything is known or time is over; whether everything is.
  func run() async throws -> Bool {
    let questions = tables.flatMap { table in rules.flatMap(table.questions) }
    guard try await answer(questions) else { return false }
    guard try await search() else { return false }
    for seed in stride(from: 1, through: plan.seeds, by: 1) {
      guard try await references(seed: seed), try await arms(questions, seed: seed) else {
        return false
      }
    }
    for number in 0..<plan.natural {
      let natural = tables.flatMap { $0.naturalQuestions(number, rules) }
      guard try await answer(natural) else { return false }
      for seed in 1...RunPlan.naturalSeeds {
        guard try await references(seed: seed), try await arms(natural, seed: seed) else {
          return false
        }
      }
    }
    return true
  }

  private func answer(_ questions: [Question]) async throws -> Bool {
    let known = await file.known
    let open = questions.filter { known.advice[$0.key] == nil }
    // What is asked about one spec is asked at once: it may take a training.
    var groups: [[Question]] = []
    var places: [Question.Subject: Int] = [:]
    for question in open {
      if let place = places[question.subject] {
        groups[place].append(question)
      } else {
        places[question.subject] = groups.count
        groups.append([question])
      }
    }
    return try await work("advice", groups.compactMap { group in
      table(group[0].key.table).map { .advice($0, group) }
    })
  }

  private func table(_ name: String) -> DataSet? { tables.first { $0.name == name } }

  /// The random search on the split of seed 0.
  private func search() async throws -> Bool {
    let known = await file.known
    return try await work("search", tables.flatMap { table in
      Search(table, trials: plan.trials).trials.compactMap { trial -> Work? in
        trainings(table, trial, seed: 0, arm: "search", known)
      }
    })
  }

  /// Baselines and the best of the search.
  private func references(seed: Int) async throws -> Bool {
    let known = await file.known
    let open: [Work] = tables.flatMap { table -> [Work] in
      var open: [Work] = []
      if known.baselines[table.name]?[seed] == nil { open.append(.baselines(table, seed: seed)) }
      let search = Search(table, trials: plan.trials)
      let finalists = Set(Measure.allCases.flatMap { search.finalists($0, known) })
      open += finalists.sorted { $0.text < $1.text }.compactMap {
        trainings(table, $0, seed: seed, arm: "tuned", known)
      }
      return open
    }
    return try await work("references of seed \(seed)", open)
  }

  private func arms(_ questions: [Question], seed: Int) async throws -> Bool {
    let known = await file.known
    var asked: Set<TrainingRecord.Key> = []
    var open: [Work] = []
    for question in questions {
      guard let table = table(question.key.table), let advice = known.advice[question.key],
        advice.proposed != nil
      else { continue }
      for arm in Arm.allCases {
        guard let settings = table.settings(arm, of: question, advice, seed: seed),
          let work = trainings(
            table, settings, seed: seed,
            arm: "\(question.key.rule) \(question.key.name): \(arm.rawValue)", known),
          case .training(_, let key, _, _) = work, asked.insert(key).inserted
        else { continue }
        open.append(work)
      }
    }
    return try await work("arms of seed \(seed)", open)
  }

  /// The training of some settings, if it is not known.
  private func trainings(
    _ table: DataSet, _ settings: Settings, seed: Int, arm: String, _ known: Known
  ) -> Work? {
    guard let key = table.key(settings, seed: seed), known.trainings[key] == nil else { return nil }
    return .training(table, key, settings, arm: arm)
  }

  /// Does all pieces, several at a time; whether none was left over.
  private func work(_ name: String, _ pieces: [Work]) async throws -> Bool {
    guard !pieces.isEmpty else { return true }
    say("\(name): \(pieces.count)")
    let (file, shouldStop) = (file, shouldStop)
    return try await withThrowingTaskGroup(of: Bool.self) { group in
      var next = 0
      func start() {
        guard next < pieces.count, !shouldStop() else { return }
        let piece = pieces[next]
        next += 1
        group.addTask {
          guard let records = piece.records(shouldStop: shouldStop) else { return false }
          for record in records { try await file.add(record) }
          return true
        }
      }
      for _ in 0..<plan.jobs { start() }
      var done = 0
      while let isDone = try await group.next() {
        if isDone { done += 1 }
        if done.isMultiple(of: 200) { say("\(name): \(done) of \(pieces.count)") }
        start()
      }
      return done == pieces.count
    }
  }
}

/// How much is found out.
struct RunPlan: Sendable {
  var seeds = 5
  /// Natural specs of each table.
  var natural = 6
  var trials = 40
  /// How many trainings go on at a time; no figure but the seconds depends on it.
  var jobs = 1

  static let naturalSeeds = 2
}

extension DataSet {
  /// The key of a training; nil where the spec has mistakes.
  func key(_ settings: Settings, seed: Int) -> TrainingRecord.Key? {
    identity(of: settings).map { .init(table: name, seed: seed, spec: $0) }
  }
}

/// The random search of a table, whose best stands for what can be reached.
struct Search {
  let table: DataSet
  let trials: [Settings]

  init(_ table: DataSet, trials: Int) {
    self.table = table
    let prior = Prior(size: table.size)
    self.trials = (0..<trials).map { prior.trial($0, table: table.name) }
  }

  static let finalistCount = 3

  /// The best trials by their validation rows; none before the search is over.
  func finalists(_ measure: Measure, _ known: Known) -> [Settings] {
    let isClasses = table.size.isClasses
    guard !isClasses || measure == .usual else { return [] }
    let scored = trials.compactMap { trial -> (Settings, Double)? in
      guard let key = table.key(trial, seed: 0), let training = known.trainings[key],
        let score = measure.score(training.validation, isClasses: isClasses)
      else { return nil }
      return (trial, score)
    }
    return scored.sorted { $0.1 > $1.1 }.prefix(Self.finalistCount).map(\.0)
  }

  /// The test score of the finalist that is best on the validation rows of a seed.
  func tuned(_ measure: Measure, seed: Int, _ known: Known) -> Double? {
    let isClasses = table.size.isClasses
    let scored = finalists(measure, known).compactMap { settings -> (Double, Double)? in
      guard let key = table.key(settings, seed: seed), let training = known.trainings[key],
        let own = measure.score(training.validation, isClasses: isClasses),
        let test = measure.score(training.test, isClasses: isClasses)
      else { return nil }
      return (own, test)
    }
    return scored.max { $0.0 < $1.0 }?.1
  }
}
