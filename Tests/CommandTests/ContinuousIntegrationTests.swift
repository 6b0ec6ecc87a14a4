import Foundation
import SpecSyntax
import TestSupport
import Testing

/// What other people's machines run: the action, the hooks, the matcher, the completions.
@Suite("on build servers")
struct ContinuousIntegrationTests {
  /// A git repository with a broken spec and a clean one.
  private func project(broken: Bool = true) throws -> String {
    let folder = try Repository.temporaryFolder()
    try FileManager.default.copyItem(
      atPath: Repository.path("specs/examples/iris.csv"), toPath: "\(folder)/iris.csv")
    let clean = "plumb: 1\ndata: {source: iris.csv, target: species}\n"
    try clean.write(toFile: "\(folder)/clean.yaml", atomically: true, encoding: .utf8)
    if broken {
      try "\(clean)trainig: {}\n"
        .write(toFile: "\(folder)/broken.yaml", atomically: true, encoding: .utf8)
    }
    _ = try Tool.shell("git init -q . && git add -A", in: folder)
    return folder
  }

  /// The commands of the action's steps.
  private func steps() throws -> [String] {
    let text = try String(contentsOfFile: Repository.path("action.yml"), encoding: .utf8)
    var log = DiagnosticLog()
    let tree = try #require(parse(SourceText(name: "action.yml", text: text), into: &log))
    let steps = try #require(tree.root.at("runs.steps")?.sequence)
    return steps.compactMap { $0.mapping?["run"]?.scalar?.text }
  }

  private func runAction(_ variables: String, in folder: String) throws -> String {
    let start = "export GITHUB_ACTION_PATH='\(Repository.path("."))' GITHUB_ACTIONS=true GITHUB_WORKFLOW=ci "
      + "GITHUB_WORKSPACE=\"$PWD\" \(variables)"
    return try Tool.shell(
      "\(start); (\(try steps().joined(separator: ") && ("))) 2>&1; echo \"exit $?\"", in: folder)
  }

  @Test("the action's steps check the repository, annotate it and write the report")
  func action() throws {
    let folder = try project()
    let said = try runAction("PLUMB_PATHS=. PLUMB_ARGUMENTS= PLUMB_SARIF=out.sarif", in: folder)
    #expect(said.hasSuffix("exit 1\n"), "\(said)")
    #expect(said.contains("unknown key `trainig`"))
    #expect(said.contains("::error title=K101 unknown-key,file=broken.yaml,line=3"), "\(said)")
    #expect(FileManager.default.fileExists(atPath: "\(folder)/out.sarif"))
    let clean = try runAction("PLUMB_PATHS=clean.yaml PLUMB_ARGUMENTS=--fail-on=advice", in: folder)
    #expect(clean.hasSuffix("exit 0\n"), "\(clean)")
  }

  @Test("inputs of the action are paths and arguments, never commands")
  func actionInputs() throws {
    let folder = try project()
    let inputs = "PLUMB_PATHS='$(touch ran)\n`touch ran`; touch ran\n--fix' PLUMB_ARGUMENTS="
    let said = try runAction(inputs, in: folder)
    #expect(said.hasSuffix("exit 2\n"), "\(said)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/ran"))
  }

  @Test("where there is no plumb, the action builds it and puts it on the path")
  func actionBuilds() throws {
    let folder = try Repository.temporaryFolder()
    let fake = "#!/bin/sh\necho \"$@\" >>'\(folder)/asked'\necho /built/here\n"
    try fake.write(toFile: "\(folder)/swift", atomically: true, encoding: .utf8)
    let build = try steps()[0]
    _ = try Tool.shell(
      """
      chmod +x swift; export GITHUB_ACTION_PATH='\(Repository.path("."))' GITHUB_PATH=\(folder)/path
      PATH=\(folder):/usr/bin:/bin; \(build) >/dev/null 2>&1
      """, in: folder)
    let asked = try String(contentsOfFile: "\(folder)/asked", encoding: .utf8)
    #expect(asked.contains("-c release --product plumb"))
    #expect(try String(contentsOfFile: "\(folder)/path", encoding: .utf8) == "/built/here\n")
  }

  @Test("the hook fails a commit with a broken spec and passes a clean one")
  func hook() throws {
    guard let program = Tool.validator("pre-commit") else { return }
    for (broken, word) in [(true, "Failed"), (false, "Passed")] {
      let folder = try project(broken: broken)
      let said = try Tool.shell(
        """
        export PRE_COMMIT_HOME='\(folder)/.cache' GIT_CONFIG_NOSYSTEM=1
        mkdir -p hooks && cp '\(Repository.path(".pre-commit-hooks.yaml"))' hooks/ && cd hooks \
        && git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm a && cd ..
        '\(program)' try-repo ./hooks plumb-lint-system --all-files 2>&1
        """, in: folder)
      #expect(said.contains(word), "\(said)")
      #expect(said.contains("unknown key `trainig`") == broken, "\(said)")
    }
  }

  @Test("the problem matcher reads every line of the concise report")
  func problemMatcher() throws {
    let data = try Data(
      contentsOf: URL(fileURLWithPath: Repository.path("specs/plumb-problem-matcher.json")))
    let matcher = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let patterns = (matcher["problemMatcher"] as? [[String: Any]] ?? []).compactMap {
      ($0["pattern"] as? [[String: Any]])?.first
    }
    let expressions = try patterns.map {
      try NSRegularExpression(pattern: $0["regexp"] as? String ?? "")
    }
    let report = Repository.path("Tests/SpecSyntaxTests/Golden/report.concise")
    let lines = try String(contentsOfFile: report, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 3)
    for line in lines.map(String.init) {
      let range = NSRange(line.startIndex..., in: line)
      let matches = expressions.compactMap { $0.firstMatch(in: line, range: range) }
      let match = try #require(matches.first, "\(line)")
      #expect(matches.count == 1)
      let file = try #require(Range(match.range(at: 1), in: line))
      #expect(line[file] == "specs/a b.yaml")
    }
  }

  @Test("GitLab's job on the page writes the report that it names")
  func gitlab() throws {
    let page = try String(contentsOfFile: Repository.path("specs/ci.md"), encoding: .utf8)
    let line = try #require(page.split(separator: "\n").first { $0.contains("gitlab=") })
    let script = try #require(line.split(separator: ":", maxSplits: 1).last)
    let folder = try project()
    let said = try Tool.shell("CI=true GITLAB_CI=true \(script); echo \"exit $?\"", in: folder)
    #expect(said.hasSuffix("exit 1\n"), "\(said)")
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/plumb.json"))
    let entries = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
    #expect(entries?.count == 1)
  }

  @Test("shells complete commands and options", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let result = try Tool.run(["--generate-completion-script", shell])
    #expect(result.code == 0)
    #expect(result.output.contains("lint") && result.output.contains("statistics"))
    guard shell == "bash" else { return }
    let folder = try Repository.temporaryFolder()
    try result.output.write(toFile: "\(folder)/plumb.bash", atomically: true, encoding: .utf8)
    // What bash would offer after `plumb li`.
    let offered = try Tool.shell(
      """
      bash -c '. ./plumb.bash; COMP_WORDS=(plumb li); COMP_CWORD=1; COMP_LINE="plumb li"
      COMP_POINT=8; COMP_TYPE=9; COMP_KEY=9; _plumb plumb li plumb; echo "${COMPREPLY[@]}"'
      """, in: folder)
    #expect(offered.split(separator: "\n").last.map { $0.contains("lint") } == true, "\(offered)")
  }
}
