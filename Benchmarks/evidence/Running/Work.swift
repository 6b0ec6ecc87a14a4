import SpecCompiler
import SpecSyntax
import Training

/// A piece of work whose records do not depend on what else is done at the same time.
enum Work: Sendable {
  case training(DataSet, TrainingRecord.Key, Settings, arm: String)
  case baselines(DataSet, seed: Int)
  /// Of questions about one spec.
  case advice(DataSet, [Question])

  /// Does it; nil where it was stopped.
  func records(shouldStop: @Sendable () -> Bool) -> [EvidenceRecord]? {
    switch self {
    case .training(let data, let key, let settings, let arm):
      return training(data, key, settings, arm, shouldStop).map { [.training($0)] }
    case .baselines(let data, let seed):
      let scores = try? scoreBaselines(data.compiled(Settings(), seed: seed))
      return [
        .baselines(
          BaselinesRecord(
            table: data.name, seed: seed, constant: scores?.constant ?? [:],
            linear: scores?.linear ?? [:]))
      ]
    case .advice(let data, let questions): return advice(data, questions, shouldStop)
    }
  }

  private func training(
    _ data: DataSet, _ key: TrainingRecord.Key, _ settings: Settings, _ arm: String,
    _ shouldStop: @Sendable () -> Bool
  ) -> TrainingRecord? {
    var record = TrainingRecord(key: key, arm: arm, settings: settings.text, state: .scored)
    do throws(TrainingError) {
      let result = try score(data.compiled(settings, seed: key.seed), shouldStop: shouldStop)
      (record.validation, record.test) = (result.validation, result.test)
      (record.epochs, record.steps) = (result.epochs, result.steps)
      record.seconds = result.stepSeconds
      if result.test.isEmpty { record.state = .diverged }
    } catch {
      switch error.kind {
      case .interrupted: return nil
      case .diverged: record.state = .diverged
      case .input: record.state = .refused
      }
      record.reason = error.message
    }
    return record
  }

  /// Asks the rules; those that need a run are told of a training on the split of seed 0.
  private func advice(
    _ data: DataSet, _ questions: [Question], _ shouldStop: @Sendable () -> Bool
  ) -> [EvidenceRecord]? {
    guard let original = questions.first?.original else { return [] }
    let checked = data.checked(original)
    if let error = checked.diagnostics.first(where: { $0.level == .error }) {
      return questions.map { .advice(AdviceRecord(key: $0.key, reason: error.message)) }
    }
    let needsRun = Set(Rules.all.filter { $0.needs.contains(.probe) }.map(\.code))
    var (probed, reason): (Compilation?, String?) = (nil, nil)
    if questions.contains(where: { needsRun.contains($0.key.rule) }) {
      do throws(TrainingError) {
        let probe = try probeOfTraining(data.compiled(original, seed: 0), shouldStop: shouldStop)
        probed = checked.knowing(probe: probe)
      } catch {
        if case .interrupted = error.kind { return nil }
        reason = error.message
      }
    }
    return questions.map { question in
      let code = question.key.rule
      guard let asked = needsRun.contains(code) ? probed : checked else {
        return .advice(AdviceRecord(key: question.key, reason: reason))
      }
      return .advice(AdviceRecord(key: question.key, proposed: data.proposal(code, in: asked)))
    }
  }
}
