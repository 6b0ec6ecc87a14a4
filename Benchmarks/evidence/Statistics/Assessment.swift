import SpecCompiler

/// Everything that the records say about the planned rules.
struct Assessment {
  let tables: [DataSet]
  let rules: [PlannedRule]
  let known: Known
  let plan: RunPlan
  /// By measure, then table.
  let scales: [Measure: [String: TableScale]]

  init(_ tables: [DataSet], _ rules: [PlannedRule], _ known: Known, _ plan: RunPlan) {
    (self.tables, self.rules, self.known, self.plan) = (tables, rules, known, plan)
    var scales: [Measure: [String: TableScale]] = [:]
    for measure in Measure.allCases {
      for table in tables {
        scales[measure, default: [:]][table.name] = Self.scale(of: table, measure, known, plan)
      }
    }
    self.scales = scales
  }

  private static func scale(
    of table: DataSet, _ measure: Measure, _ known: Known, _ plan: RunPlan
  ) -> TableScale? {
    let isClasses = table.size.isClasses
    let search = Search(table, trials: plan.trials)
    let baselines = known.baselines[table.name] ?? [:]
    var (tuned, constant, linear): ([Int: Double], [Int: Double], [Int: Double]) = ([:], [:], [:])
    for (seed, scores) in baselines where seed > 0 {
      tuned[seed] = search.tuned(measure, seed: seed, known)
      constant[seed] = measure.score(scores.constant, isClasses: isClasses)
      linear[seed] = measure.score(scores.linear, isClasses: isClasses)
    }
    return TableScale(tuned: tuned, constant: constant, linear: linear)
  }

  /// Rules with their effects and records, in the order of the plan.
  func results() -> [(effect: RuleEffect, record: RuleRecord)] {
    let effects = rules.map { effect(of: $0) }
    let naturals = rules.map { naturalEffect(of: $0) }
    let corrected = correct(effects)
    let correctedNaturals = correct(naturals.map(\.effect))
    return effects.indices.map { index in
      let natural = naturals[index]
      let record = RuleRecord.Natural(
        natural.effect.finding(probability: correctedNaturals[index] ?? 1),
        fired: natural.fired, drawn: natural.drawn, tables: natural.effect.tables.count,
        natural.effect.effect)
      return (
        effects[index],
        effects[index].record(
          probability: corrected[index], natural: natural.drawn > 0 ? record : nil)
      )
    }
  }

  /// Holm's correction within each group.
  private func correct(_ effects: [RuleEffect]) -> [Double?] {
    var result = effects.map(\.probability)
    for group in Set(rules.map(\.group)) {
      let own = effects.indices.filter { rules[$0].group == group && result[$0] != nil }
      let corrected = Holm.corrected(own.map { result[$0] ?? 1 })
      for (index, value) in zip(own, corrected) { result[index] = value }
    }
    return result
  }

  /// On good specs, spoilt until the rule speaks: a value is a seed, a mean over the cases.
  func effect(of rule: PlannedRule) -> RuleEffect {
    RuleEffect(rule: rule, tables: tables.compactMap { table in
      let questions = table.questions(rule).filter { known.advice[$0.key]?.proposed != nil }
      guard !questions.isEmpty else { return nil }
      return tableEffect(table, rule, groups: (1...plan.seeds).map { seed in
        questions.map { ($0, seed) }
      })
    })
  }

  /// On specs drawn at random: a value is a spec, a mean over its seeds.
  private func naturalEffect(
    of rule: PlannedRule
  ) -> (effect: RuleEffect, fired: Int, drawn: Int) {
    var (fired, drawn) = (0, 0)
    let effects = tables.compactMap { table -> TableEffect? in
      let asked = (0..<plan.natural).flatMap { table.naturalQuestions($0, [rule]) }
        .filter { known.advice[$0.key].map { $0.reason == nil } ?? false }
      let speaking = asked.filter { known.advice[$0.key]?.proposed != nil }
      (fired, drawn) = (fired + speaking.count, drawn + asked.count)
      return tableEffect(table, rule, groups: speaking.map { question in
        (1...RunPlan.naturalSeeds).map { (question, $0) }
      })
    }
    return (RuleEffect(rule: rule, tables: effects), fired, drawn)
  }

  /// What the advice did on a table; a group that lacks a training is left out whole.
  private func tableEffect(
    _ table: DataSet, _ rule: PlannedRule, groups: [[(Question, Int)]]
  ) -> TableEffect? {
    guard let scale = scales[rule.measure]?[table.name], scale.isUsable else { return nil }
    let arms = ArmScores(table: table, measure: rule.measure, scale: scale, known: known)
    let gains = arms.gains(.advised, groups)
    guard !gains.isEmpty else { return nil }
    let (changes, times) = arms.changes(groups)
    return TableEffect(
      table: table.name, gains: gains, placebo: arms.gains(.placebo, groups),
      change: changes.isEmpty ? nil : HierarchicalBootstrap.mean(changes),
      time: times.isEmpty ? nil : HierarchicalBootstrap.median(times))
  }
}

/// The trainings of a table, as one rule is measured by them.
private struct ArmScores {
  let table: DataSet
  let measure: Measure
  let scale: TableScale
  let known: Known

  private func trained(_ arm: Arm, _ question: Question, _ seed: Int) -> TrainingRecord? {
    guard let advice = known.advice[question.key],
      let settings = table.settings(arm, of: question, advice, seed: seed),
      let key = table.key(settings, seed: seed)
    else { return nil }
    return known.trainings[key]
  }

  private func regret(_ arm: Arm, _ question: Question, _ seed: Int) -> Double? {
    guard let training = trained(arm, question, seed) else { return nil }
    let score = measure.score(training.test, isClasses: table.size.isClasses)
    return scale.regret(score, seed: seed)
  }

  /// Regret of the spec as it is less that of an arm, a mean for each group that is whole.
  func gains(_ arm: Arm, _ groups: [[(Question, Int)]]) -> [Double] {
    groups.compactMap { group in
      let values = group.compactMap { question, seed in
        regret(.original, question, seed).flatMap { own in
          regret(arm, question, seed).map { own - $0 }
        }
      }
      guard !values.isEmpty, values.count == group.count else { return nil }
      return HierarchicalBootstrap.mean(values)
    }
  }

  /// Changes of the raw figure by the advice, of an error as a share, and of the training time.
  func changes(_ groups: [[(Question, Int)]]) -> (raw: [Double], time: [Double]) {
    let isClasses = table.size.isClasses
    var (changes, times): ([Double], [Double]) = ([], [])
    for (question, seed) in groups.joined() {
      guard let own = trained(.original, question, seed),
        let advised = trained(.advised, question, seed)
      else { continue }
      if own.seconds > 0, advised.seconds > 0 { times.append(advised.seconds / own.seconds) }
      guard let before = measure.raw(own.test, isClasses: isClasses),
        let after = measure.raw(advised.test, isClasses: isClasses)
      else { continue }
      changes.append(measure == .absolute && before > 0 ? after / before - 1 : after - before)
    }
    return (changes, times)
  }
}
