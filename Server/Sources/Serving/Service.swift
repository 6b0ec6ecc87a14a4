import Synchronization
import Training

/// All that the connections of a server share.
final class Service: Sendable {
  let model: ServedModel
  let queue: PredictionQueue
  let metrics = Metrics()
  let held: HeldBytes
  let log: RequestLog?
  private let stopping = Atomic<Bool>(false)

  init(_ model: ServedModel) {
    self.model = model
    queue = PredictionQueue(model)
    held = HeldBytes(limit: model.settings.maximumHeldBytes)
    log = model.settings.logsRequests ? RequestLog() : nil
  }

  var settings: ServerSettings { model.settings }

  /// Whether connections end with the answer they are at.
  var isStopping: Bool { stopping.load(ordering: .relaxed) }

  func beginStopping() { stopping.store(true, ordering: .relaxed) }

  /// The reply to a request that needs no body.
  func reply(to route: Route, acceptsPages: Bool) -> Reply {
    switch route {
    case .page where acceptsPages: Reply(.ok, "text/html; charset=utf-8", body: model.page)
    case .page: Reply(.ok, "application/json", body: model.card)
    case .openAPI: Reply(.ok, "application/json", body: model.openAPI)
    case .health, .ready: health
    case .live: .json(.members(["status": "live"]))
    case .metrics:
      Reply(
        .ok, MetricsText.contentType,
        body: Array(
          metrics.text(queue: queue.load, heldBytes: held.count, model: model).utf8))
    case .predict, .unknown:
      Problem(.notFound, "nothing is here", hint: "`GET /` tells what there is").reply
    }
  }

  /// Whether predictions are taken at this moment.
  private var health: Reply {
    let load = queue.load
    let isReady = !isStopping && load.waiting < settings.queueLength
    let status = isStopping ? "stopping" : isReady ? "ready" : "busy"
    let reply = Reply.json(
      .members([
        "status": .text(status), "model": .text(model.run.manifest.name),
        "run": .text(model.run.folder), "version": .text(settings.version),
        "queue": .members([
          "waiting": .number(Double(load.waiting)), "running": .number(Double(load.running)),
          "limit": .number(Double(settings.queueLength)),
        ]),
      ]), isReady ? .ok : .unavailable)
    return isReady ? reply : reply.with("Retry-After", "1")
  }
}

/// How many bytes of bodies are in memory, and how many may be.
final class HeldBytes: Sendable {
  private let total = Atomic<Int>(0)
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  var count: Int { total.load(ordering: .relaxed) }

  /// Counts more bytes; false, counting nothing, where they would be too many.
  func take(_ bytes: Int) -> Bool {
    let after = total.wrappingAdd(bytes, ordering: .relaxed).newValue
    guard after > limit else { return true }
    give(bytes)
    return false
  }

  func give(_ bytes: Int) { total.wrappingSubtract(bytes, ordering: .relaxed) }
}
