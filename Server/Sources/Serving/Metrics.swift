import Synchronization
import Training

/// What the server has counted since it started.
final class Metrics: Sendable {
  /// Why a request was not even tried.
  enum Rejection: String, Sendable, CaseIterable {
    case body, rows, queue, memory, timeout
  }

  /// The upper bounds of the histogram of seconds.
  static let bounds = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
  ]

  private struct Key: Hashable {
    var route: Route
    var status: Int

    var order: (String, Int) { (route.label, status) }
  }

  private struct Counts {
    var requests: [Key: Int] = [:]
    /// For each route, how many requests fell below each bound and above all, and their seconds.
    var seconds: [Route: (counts: [Int], sum: Double)] = [:]
    var rows = 0
    var rejections: [Rejection: Int] = [:]
    var connections = 0
    var accepted = 0
  }

  private let counts = Mutex(Counts())

  /// Counts an answer, or with the status 499 a client that did not take it.
  func count(_ route: Route, status: Int, seconds: Double, rows: Int) {
    let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    counts.withLock { counts in
      counts.requests[Key(route: route, status: status), default: 0] += 1
      counts.rows += rows
      var times = counts.seconds[route] ?? (Array(repeating: 0, count: Self.bounds.count + 1), 0)
      counts.seconds[route] = nil
      times.counts[place] += 1
      times.sum += seconds
      counts.seconds[route] = times
    }
  }

  func count(_ rejection: Rejection) {
    counts.withLock { $0.rejections[rejection, default: 0] += 1 }
  }

  func connectionOpened() {
    counts.withLock {
      $0.connections += 1
      $0.accepted += 1
    }
  }

  func connectionClosed() { counts.withLock { $0.connections -= 1 } }

  /// All of it in the text format of Prometheus, with what is to be told of this moment.
  func text(queue: (waiting: Int, running: Int), heldBytes: Int, model: ServedModel) -> String {
    let now = counts.withLock { $0 }
    var page = MetricsText()
    page.family("plumb_requests_total", "counter", "Requests by route and status.")
    for (key, count) in now.requests.sorted(by: { $0.key.order < $1.key.order }) {
      page.sample(["route": key.route.label, "status": "\(key.status)"], Double(count))
    }
    page.family(
      "plumb_request_seconds", "histogram", "Seconds from a request's head to its answer's end.")
    for (route, times) in now.seconds.sorted(by: { $0.key.label < $1.key.label }) {
      page.histogram(["route": route.label], Self.bounds, times.counts, sum: times.sum)
    }
    page.single("plumb_rows_predicted_total", "counter", "Rows predicted.", Double(now.rows))
    page.family("plumb_rejected_total", "counter", "Requests refused for a limit.")
    for rejection in Rejection.allCases {
      page.sample(["limit": rejection.rawValue], Double(now.rejections[rejection] ?? 0))
    }
    page.single("plumb_queue_waiting", "gauge", "Requests that wait.", Double(queue.waiting))
    page.single(
      "plumb_queue_limit", "gauge", "Requests that may wait.", Double(model.settings.queueLength))
    page.single(
      "plumb_predictions_running", "gauge", "Requests being predicted.", Double(queue.running))
    page.single("plumb_held_bytes", "gauge", "Bytes of bodies in memory.", Double(heldBytes))
    page.single("plumb_connections", "gauge", "Open connections.", Double(now.connections))
    page.single(
      "plumb_connections_total", "counter", "Connections taken.", Double(now.accepted))
    page.family("plumb_model_info", "gauge", "The model that is served.")
    page.sample(
      [
        "model": model.run.manifest.name, "run": model.run.folder,
        "version": model.run.manifest.version,
      ], 1)
    return page.text
  }
}
