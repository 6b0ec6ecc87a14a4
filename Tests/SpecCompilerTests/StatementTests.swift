import SpecSyntax
import Testing

@testable import SpecCompiler

/// A statement about hyperparameters that people are taught, and the rules that carry it.
struct Statement: Sendable, CustomTestStringConvertible {
  let text: String
  let rules: [String]
  var testDescription: String { text }

  init(_ text: String, _ rules: String...) {
    self.text = text
    self.rules = rules
  }

  static let all = [
    Statement("mini-batches balance exactness and speed", "B501", "B503", "B504"),
    Statement("the largest batch is the whole training set", "B504"),
    Statement("larger batches converge more slowly but exactly", "B504", "B509", "X803"),
    Statement("the smallest batch is one row", "B503"),
    Statement("smaller batches converge faster but less exactly", "B503", "B509"),
    Statement("32 is the usual batch size", "B501"),
    Statement("otherwise powers of two", "B502"),
    Statement("squared error is the usual regression loss", "L304"),
    Statement("squaring lets outliers dominate", "L301"),
    Statement("with many outliers absolute error is better", "L301"),
    Statement("absolute error overshoots: lower the rate", "L302"),
    Statement("huber lies between both", "L301", "L302"),
    Statement("huber's delta has to be tuned", "L303", "X808"),
    Statement("a higher rate is useful early", "O401", "O406"),
    Statement("a rate too high overshoots", "O402", "O407"),
    Statement("a lower rate is useful late", "O401"),
    Statement("a rate too low stays in a poor minimum", "O403"),
    Statement("start high, finish low", "O401", "O412"),
    Statement("an epoch is one pass over all rows, in batches", "B505", "B506"),
    Statement("after few epochs the model underfits", "E601"),
    Statement("more epochs beyond the optimum overfit", "E602"),
    Statement("no number of epochs always works", "E603", "E604", "O415"),
    Statement("train until the validation loss halts", "E603", "E606", "E607"),
    Statement("linearly separable data need no hidden layer", "A201"),
    Statement("one hidden layer is enough for most problems", "A202"),
    Statement("an unsuitable number of neurons under- or overfits", "A206", "A207", "A208"),
    Statement("too few neurons underfit", "A207"),
    Statement("too many neurons overfit", "A208", "A209"),
    Statement("hidden size between input and output", "A204"),
    Statement("hidden size two thirds of the inputs plus the outputs", "A203"),
    Statement("hidden size below twice the inputs", "A205"),
    Statement("these are starting points, not laws", "A203", "A204", "A205", "A210"),
    Statement(
      "parameters are chosen together", "X801", "X802", "X803", "X804", "X805", "X806", "X807",
      "X808", "X809", "X810", "X811", "X812", "O405"),
    Statement("one trivial mistake can ruin the model", "S906", "L306", "L309", "B505"),
    Statement("deep networks need sufficient data", "D116", "A209"),
    Statement("tuning is systematic trial and error", "O415", "S902"),
  ]
}

@Suite("what people are taught about hyperparameters is a rule")
struct StatementTests {
  @Test("there are 36 statements")
  func count() { #expect(Statement.all.count == 36) }

  @Test("each rule of a statement speaks on one spec and is silent on another",
    arguments: Statement.all)
  func rules(statement: Statement) throws {
    for code in statement.rules {
      let rule = try #require(Rules.named(code), "\(code)")
      guard rule.guarantee == nil else { continue }
      var (speaks, isSilent) = (false, false)
      for example in rule.examples {
        let spec = try RuleExampleSpec(example)
        var log = DiagnosticLog()
        advise(spec.facts, in: spec.document, into: &log)
        let isReported = log.diagnostics.contains { $0.code.code == code }
        if case .decides = example.expectation { speaks = true }
        if isReported { speaks = true } else { isSilent = true }
      }
      #expect(speaks, "\(code) never speaks")
      #expect(isSilent, "\(code) is never silent")
    }
  }
}
