import Training

/// Who is told what happens: people, other programs, or both.
struct Watch {
  let display: ProgressDisplay
  let stream: EventStream?
  private let spec: String
  /// The folder of a run that is gone on with.
  private let resumed: String?
  private let isRepeated: Bool

  init(
    _ stream: EventStream?, _ display: ProgressDisplay, spec: String, resumed: String? = nil,
    isRepeated: Bool = false
  ) {
    (self.display, self.stream, self.spec, self.resumed) = (display, stream, spec, resumed)
    self.isRepeated = isRepeated
  }

  func show(_ event: RunEvent) {
    if let resumed, begins(event) {
      Console.error("`\(resumed)` has no checkpoint: training begins anew")
    }
    display.show(event)
    stream?.tell(event, spec: spec)
  }

  /// Whether an event says that the first run of all begins.
  private func begins(_ event: RunEvent) -> Bool {
    switch event {
    case .repeated(let place): place.number == 1
    case .started(let run): !isRepeated && run.stepsDone == 0
    case .step, .measured, .epoch, .stopped, .finished: false
    }
  }
}
