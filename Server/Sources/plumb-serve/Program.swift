import Dispatch
import Serving

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The server that `plumb serve` starts, with its settings as JSON in the one argument.
@main
enum Program {
  static func main() {
    do throws(ServerFailure) {
      let settings = try settings(CommandLine.arguments)
      _ = signal(SIGPIPE, SIG_IGN)
      let stop = StopSignals()
      let server = try HTTPServer.start(settings)
      StandardError.print(server.startLine)
      let code = stop.wait()
      StandardError.print("stopping")
      server.stop()
      exit(code)
    } catch {
      StandardError.print(error.text)
      exit(2)
    }
  }

  private static func settings(_ arguments: [String]) throws(ServerFailure) -> ServerSettings {
    let usage = ServerFailure(
      "this program is started by `plumb serve`", hints: ["write `plumb serve RUN`"])
    guard arguments.count == 2, arguments[1].hasPrefix("{") else { throw usage }
    do {
      return try JSONDecoder().decode(ServerSettings.self, from: Data(arguments[1].utf8))
    } catch {
      throw ServerFailure(
        "this server was built from another version than the `plumb` that started it",
        hints: ["build both again: `scripts/build-server`"])
    }
  }
}
