import Foundation

/// A way to train a workload.
struct Contender: Sendable {
  /// What stands in the table: `torch-2`.
  let name: String
  /// In words, for the legend.
  let title: String
  /// Whether it is what people use as it comes; `jax` is an expert's code, by hand.
  let isOrdinary: Bool
  /// The command for a workload; nil where the tool cannot do it.
  let command: @Sendable (Workload) -> Command?
}

/// Where everything lies.
struct Places: Sendable {
  /// The folder of this package.
  let package: URL
  let plumb: String
  /// An earlier build of plumb to compare with.
  let baseline: String?
  /// The Python that has the peers installed.
  let python: String

  var workloads: URL { package.appending(path: "workloads") }
  var data: URL { package.appending(path: ".data") }
}

extension Contender {
  /// Everyone there is, in the order of the table.
  static func all(_ places: Places) -> [Contender] {
    let plumbs =
      [
        plumb("plumb", places.plumb, "as users run it", places),
        plumb("plumb-1", places.plumb, "1 thread", places, arguments: ["--threads", "1"]),
      ]
      + (places.baseline.map { [plumb("plumb-baseline", $0, "an earlier build", places)] } ?? [])
    let threads = [1, 2]
    return plumbs
      + threads.map { count in
        peer(
          "sklearn-\(count)", "sklearn", "MLPClassifier, \(counted(count))", places,
          environment: ["OPENBLAS_NUM_THREADS": "\(count)"]
        ) { $0.inputs.count == 1 }
      }
      + threads.map { count in
        peer(
          "torch-\(count)", "torch", "preloaded tensors, fused optimiser, \(counted(count))",
          places, arguments: ["--mode", "tensor", "--threads", "\(count)"])
      }
      + threads.map { count in
        peer(
          "torch-loader-\(count)", "torch", "the usual DataLoader loop, \(counted(count))", places,
          arguments: ["--mode", "loader", "--threads", "\(count)"])
      }
      + (["jax", "tensorflow"] as [String]).map { backend in
        peer(
          "keras-\(backend)", "keras", "Model.fit, all cores", places,
          environment: ["KERAS_BACKEND": backend])
      }
      + [
        peer("jax", "jax", "by hand, one compiled scan an epoch, all cores", places, isOrdinary: false)
      ]
  }

  private static func counted(_ threads: Int) -> String {
    threads == 1 ? "1 thread" : "\(threads) threads"
  }

  private static func plumb(
    _ name: String, _ program: String, _ title: String, _ places: Places, arguments: [String] = []
  ) -> Contender {
    Contender(name: name, title: title, isOrdinary: false) { workload in
      let run = places.data.appending(path: "runs/\(UUID().uuidString)").path()
      return Command(
        program: program,
        arguments: [
          "train", places.workloads.appending(path: "\(workload.name).yaml").path(),
          "--run", run, "--quiet", "--format", "json",
        ] + arguments)
    }
  }

  private static func peer(
    _ name: String, _ script: String, _ title: String, _ places: Places,
    arguments: [String] = [], environment: [String: String?] = [:], isOrdinary: Bool = true,
    can: @escaping @Sendable (Workload) -> Bool = { _ in true }
  ) -> Contender {
    // What is set for one kind of processor must not slow another's library.
    let cleared: [String: String?] = ["OPENBLAS_CORETYPE": nil, "OPENBLAS_L2_SIZE": nil]
    let environment = cleared.merging(environment) { $1 }
    return Contender(name: name, title: title, isOrdinary: isOrdinary) { workload in
      guard can(workload) else { return nil }
      return Command(
        program: places.python,
        arguments: [
          places.package.appending(path: "peers/peer_\(script).py").path(),
          places.workloads.appending(path: "\(workload.name).json").path(),
        ] + arguments, environment: environment)
    }
  }
}
