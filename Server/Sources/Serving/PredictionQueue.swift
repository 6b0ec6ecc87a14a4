import Dispatch
import Synchronization
import Training

/// The requests that wait for one of a few threads, first come, first served.
///
/// A predictor can be used by one thread at a time, so each thread has its own.
final class PredictionQueue: Sendable {
  /// A body to be predicted.
  struct Job: Sendable {
    let call: PredictionCall
    let body: AwaitedBody
    /// Takes the reply, on the thread that predicted.
    let answer: @Sendable (Reply) -> Void
  }

  private struct State {
    var waiting: [Job] = []
    /// The first of `waiting` that has not been taken.
    var first = 0
    var running = 0
    var isStopped = false

    var count: Int { waiting.count - first }
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)
  private let model: ServedModel

  /// Starts the threads.
  init(_ model: ServedModel) {
    self.model = model
    for number in 0..<model.settings.threads {
      DispatchQueue(label: "predictor \(number)").async { self.work() }
    }
  }

  /// How many requests wait, and how many are being predicted.
  var load: (waiting: Int, running: Int) { state.withLock { ($0.count, $0.running) } }

  /// Whether another request would be refused.
  var isFull: Bool { load.waiting >= model.settings.queueLength }

  /// Adds a request; false where the queue is full or has stopped.
  func add(_ job: Job) -> Bool {
    let isTaken = state.withLock { state in
      let most = model.settings.queueLength + model.settings.threads
      guard state.count + state.running < most, !state.isStopped else { return false }
      state.waiting.append(job)
      return true
    }
    if isTaken { arrivals.signal() }
    return isTaken
  }

  /// Ends the threads after what they are at; what waits is not answered.
  func stop() {
    state.withLock { $0.isStopped = true }
    for _ in 0..<model.settings.threads { arrivals.signal() }
  }

  private func work() {
    let predictor = Result { () throws(TrainingError) in try Predictor(model.run) }
    while let job = next() {
      let reply = reply(to: job, predictor)
      state.withLock { $0.running -= 1 }
      job.body.whileAwaited { job.answer(reply) }
    }
  }

  /// The next request that somebody waits for; nil once the queue has stopped.
  private func next() -> Job? {
    while true {
      arrivals.wait()
      let (job, isStopped) = state.withLock { state -> (Job?, Bool) in
        guard !state.isStopped else { return (nil, true) }
        guard state.first < state.waiting.count else { return (nil, false) }
        let job = state.waiting[state.first]
        state.first += 1
        if state.first == state.waiting.count {
          (state.waiting, state.first) = ([], 0)
        } else if state.first >= 256 {
          state.waiting.removeFirst(state.first)
          state.first = 0
        }
        guard job.body.isAwaited else { return (nil, false) }
        state.running += 1
        return (job, false)
      }
      if job != nil || isStopped { return job }
    }
  }

  private func reply(to job: Job, _ predictor: Result<Predictor, TrainingError>) -> Reply {
    do throws(Problem) {
      switch predictor {
      case .failure(let error):
        throw Problem(.internalError, error.message, hint: error.hints.first)
      case .success(let predictor):
        let prediction = BodyPrediction(model: model, call: job.call) { job.body.isAwaited }
        guard let bytes = job.body.take(),
          let reply = try prediction.reply(to: bytes, with: predictor)
        else { throw Problem.busy("nobody waited for the answer") }
        return reply
      }
    } catch {
      return error.reply
    }
  }
}

/// A body whose predictions somebody waits for, until nobody does.
final class AwaitedBody: Sendable {
  private let state: Mutex<(bytes: [UInt8]?, isLost: Bool)>

  init(_ bytes: [UInt8]) { state = Mutex((bytes, false)) }

  var isAwaited: Bool { state.withLock { !$0.isLost } }

  /// The bytes, once.
  func take() -> [UInt8]? {
    state.withLock { state in
      defer { state.bytes = nil }
      return state.bytes
    }
  }

  /// Nobody waits any more: the memory is given back.
  func lose() { state.withLock { $0 = (nil, true) } }

  /// Does something unless nobody waits, which does not change meanwhile.
  func whileAwaited(_ body: () -> Void) {
    state.withLock { state in
      if !state.isLost { body() }
    }
  }
}
