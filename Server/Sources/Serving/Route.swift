/// A path that is answered.
enum Route: Sendable, Hashable, CaseIterable {
  case page, predict, openAPI, health, live, ready, metrics
  /// Any other path.
  case unknown

  init(path: some StringProtocol) {
    self = Self.allCases.first { $0 != .unknown && $0.path == path } ?? .unknown
  }

  var path: String {
    switch self {
    case .page: "/"
    case .predict: "/predict"
    case .openAPI: "/openapi.json"
    case .health: "/health"
    case .live: "/health/live"
    case .ready: "/health/ready"
    case .metrics: "/metrics"
    case .unknown: ""
    }
  }

  /// Its name among the metrics.
  var label: String { self == .unknown ? "other" : path }

  /// The methods that it takes.
  var methods: [String] { self == .predict ? ["POST", "OPTIONS"] : ["GET", "HEAD", "OPTIONS"] }
}
