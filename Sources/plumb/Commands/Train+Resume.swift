import Training

extension Train {
  /// Whether nothing is given that belongs to a spec.
  var isWithoutValues: Bool {
    let project = values.project
    return values.overrides.isEmpty && repeats == nil && project.configuration == nil
      && !project.isolated && !project.noIgnoreComments
  }

  /// What is trained: by the arguments, or by the run that is gone on with.
  func trainedSpec() throws -> TrainedSpec {
    guard let spec else { return try TrainedSpec(resuming: resumed ?? "", self) }
    return try TrainedSpec(self, spec: spec)
  }

  /// Whether the run of a folder has ended, which is said.
  func hasEnded(_ folder: String, _ stream: EventStream?) throws -> Bool {
    var (single, repeated) = (RunResult?.none, RepeatsResult?.none)
    do throws(TrainingError) {
      guard let ended = try RunPlace.endedRun(folder) else { return false }
      repeated = try RunPlace.repeatsResult(of: ended)
      if repeated == nil { single = try RunPlace.result(of: ended) }
      Console.error("`\(ended)` has ended: there is nothing to go on with")
    } catch {
      throw Failure(error)
    }
    switch format {
    case .json:
      if let single { try Console.json(single) }
      if let repeated { try Console.json(repeated) }
    case .jsonl:
      if let single { try stream?.tell(single) }
      if let repeated { try stream?.tell(repeated) }
    case .text: break
    }
    return true
  }
}
