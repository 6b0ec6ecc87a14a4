import Testing

@testable import Linting

@Suite("patterns for paths")
struct GlobPatternTests {
  @Test("a pattern matches whole paths", arguments: [
    ("*.yaml", "a.yaml", true), ("*.yaml", "b/a.yaml", false), ("**/*.yaml", "a.yaml", true),
    ("**/*.yaml", "b/c/a.yaml", true), ("specs/**", "specs/a/b", true),
    ("specs/**", "other/a", false), ("a?c", "abc", true), ("a?c", "ac", false),
    ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[!a-c]x", "dx", true),
    ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbY", false), ("a/**/b", "a/b", true),
    ("a/**/b", "a/x/y/b", true), ("[", "[", true), ("ä*", "äöü", true), ("*", "", false),
  ])
  func matches(pattern: String, path: String, isMatch: Bool) {
    #expect(GlobPattern(pattern).matches(path) == isMatch, "\(pattern) \(path)")
  }

  @Test("many stars are answered at once")
  func manyStars() {
    let pattern = GlobPattern(String(repeating: "*a", count: 40) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 200)))
  }

  @Test("ignore rules follow git", arguments: [
    ("*.log", "a/b.log", false, true), ("/a.yaml", "a.yaml", false, true),
    ("/a.yaml", "b/a.yaml", false, false), ("build/", "build", true, true),
    ("build/", "build", false, false), ("a/b", "a/b", true, true), ("a/b", "c/a/b", true, false),
    ("*.yaml\n!keep.yaml", "x/keep.yaml", false, false), ("# note", "# note", false, false),
  ])
  func ignore(lines: String, path: String, isFolder: Bool, isIgnored: Bool) {
    let rules = IgnoreRules(folder: "", lines: lines.split(separator: "\n").map(String.init))
    #expect((rules.verdict(path, isFolder: isFolder) ?? false) == isIgnored)
  }
}
