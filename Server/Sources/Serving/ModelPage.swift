import Tables
import Training

/// A short page about a model, for a browser: no script, nothing from elsewhere.
struct ModelPage {
  private let model: ModelDescription

  init(_ model: ModelDescription) { self.model = model }

  var text: String {
    let example = String(decoding: model.exampleRow.bytes, as: UTF8.self)
    let quoted = example.map { $0 == "'" ? "'\\''" : String($0) }.joined()
    let command = """
      curl -H 'Content-Type: application/json' \\
        -d '\(quoted)' \\
        http://HOST/predict
      """
    let rows = model.inputs.map { input in
      let levels = input.levels.prefix(8).joined(separator: ", ")
      let more = input.levels.count > 8 ? ", …" : ""
      return "<tr><td><code>\(Self.escaped(input.name))</code></td><td>\(input.kind.rawValue)</td>"
        + "<td>\(Self.escaped(levels + more))</td></tr>"
    }
    let links = Route.allCases.filter { ![.page, .predict, .unknown].contains($0) }.map {
      "<li><a href=\"\($0.path)\">\($0.path)</a></li>"
    }
    let verdict = model.run.outcome.verdict.map { "<p>\(Self.escaped($0.sentence)).</p>" } ?? ""
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>\(Self.escaped(model.name))</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>
      :root { color-scheme: light dark }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto }
      body { padding: 0 1rem }
      pre { overflow-x: auto; padding: .8rem; border: 1px solid #8886; border-radius: .4rem }
      td, th { text-align: left; padding: .15rem 1.2rem .15rem 0; vertical-align: top }
      </style></head><body>
      <h1>\(Self.escaped(model.name))</h1>
      <p>This server \(Self.escaped(model.purpose)).</p>
      \(verdict)
      <pre>\(Self.escaped(command))</pre>
      <table><tr><th>Column</th><th>Type</th><th>Categories</th></tr>
      \(rows.joined(separator: "\n"))
      </table>
      <ul>\(links.joined())</ul>
      </body></html>

      """
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }
}
