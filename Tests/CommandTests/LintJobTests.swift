import ArgumentParser
import Testing

@testable import plumb

@Suite("Lint jobs")
struct LintJobTests {
  @Test(
    "paths read without the parser mean what they mean with it",
    arguments: [[], ["specs"], ["-"], ["a.yaml", "--no-data", "b.yaml"], ["--no-data"]])
  func plainArguments(_ arguments: [String]) throws {
    #expect(try LintJob(plain: arguments) == LintJob(Lint.parse(arguments)))
  }

  @Test(
    "what is more than paths is left to the parser",
    arguments: [["--help"], ["a.yaml", "--fix"], ["--", "a"], ["-h"], ["--no-data=1"]])
  func otherArguments(_ arguments: [String]) {
    #expect(LintJob(plain: arguments) == nil)
  }
}
