/// Writes the text format of Prometheus, version 0.0.4.
struct MetricsText {
  private(set) var text = ""
  private var name = ""

  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// Begins a family of samples.
  mutating func family(_ name: String, _ kind: String, _ help: String) {
    self.name = name
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  /// Adds a sample of the family.
  mutating func sample(_ labels: KeyValuePairs<String, String>, _ value: Double) {
    line("", labels.map { ($0.key, $0.value) }, value)
  }

  /// A family of one sample without labels.
  mutating func single(_ name: String, _ kind: String, _ help: String, _ value: Double) {
    family(name, kind, help)
    line("", [], value)
  }

  /// Adds a histogram from how many values lie below each bound, and above all.
  mutating func histogram(
    _ labels: KeyValuePairs<String, String>, _ bounds: [Double], _ counts: [Int], sum: Double
  ) {
    let labels = labels.map { ($0.key, $0.value) }
    var total = 0
    for (index, bound) in bounds.enumerated() {
      total += counts[index]
      line("_bucket", labels + [("le", numberText(bound))], Double(total))
    }
    total += counts[bounds.count]
    line("_bucket", labels + [("le", "+Inf")], Double(total))
    line("_sum", labels, sum)
    line("_count", labels, Double(total))
  }

  private mutating func line(_ suffix: String, _ labels: [(String, String)], _ value: Double) {
    let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    text += "\(name)\(suffix)\(pairs.isEmpty ? "" : "{\(pairs)}") \(numberText(value))\n"
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      default: String(character)
      }
    }.joined()
  }
}
