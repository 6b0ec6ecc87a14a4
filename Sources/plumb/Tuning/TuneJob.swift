#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Linting
import SpecCompiler
import SpecSyntax
import Tables
import Tuning

/// What a search needs of a spec: the spec as it is, what is searched, and how trials are compiled.
struct TuneJob {
  let source: SourceText
  let base: Compilation
  /// What the command line set.
  let overrides: [Override]
  /// Findings whose alternatives are searched.
  private let codes: [String]
  let plan: StudyPlan
  /// The numbers of the trials to begin with, as far as they are chosen.
  let first: [[Double?]]
  let settings: StudySettings
  let maker: CandidateMaker
  /// What the advice on the spec proposes to search, where the spec does not say it.
  let proposed: ProposedSpace?

  /// - Parameters:
  ///   - text: of the spec, where it is not read from its path.
  ///   - codes: findings whose alternatives are searched, in place of what the spec says.
  ///   - refused: told the mistakes of the spec and the exit code that follows.
  init(
    spec options: SpecOptions, text: SourceText? = nil, search: [Override],
    over codes: [String], study: String?, refused: (Findings, Exit) -> Void = { _, _ in }
  ) throws {
    source = try text ?? readSpec(options.spec)
    let environment = Environment.files(.none).readingOnce
    base = try options.values.compileWithoutErrors(
      source, further: search, in: environment, refused: refused)
    overrides = options.values.overrides.map { Override($0) } + search
    self.codes = codes
    guard let spec = base.spec, base.graph != nil else {
      throw Failure("there is nothing to train: \(base.notChecked.first ?? "no network")")
    }
    let isProposed = !codes.isEmpty || spec.search?.space.value == nil
    proposed = isProposed ? base.proposedSpace(over: codes) : nil
    let written = isProposed ? nil : spec.search?.space.value
    guard let section = spec.search ?? proposed?.section, let keys = proposed?.keys ?? written,
      !keys.isEmpty
    else { throw Failure(nothingIn: options.spec, codes) }
    let space = Space(keys)
    plan = StudyPlan(section)
    first = section.first.map { space.parameters(of: $0, in: keys) }
    settings = StudySettings(
      section, name: study ?? base.name, space: space, identity: base.studyIdentity)
    let (source, overrides) = (source, overrides)
    let rules = try options.values.project.settings(for: options.spec).rules
    maker = CandidateMaker(space, base: base) { further in
      SpecCompiler.compile(
        source, overrides: overrides + further, in: environment, settings: rules,
        asking: .mistakes)
    }
  }

  /// Where the study is kept: an address with a name names the study, else the job does.
  func store(at place: String) throws(StudyError) -> DatabaseStore {
    let address = try StudyAddress(place)
    if case .file(let path) = address.place { try makeFolder(of: path) }
    var settings = settings
    if let name = address.study { settings.name = name }
    let shared = SharedSpec(source, overrides, over: codes)
    var texts = shared.texts
    texts[StudyReport.objectives] = plan.objectives.map(\.name).joined(separator: "\n")
    return try DatabaseStore.open(address, settings, texts: texts)
  }

  private func makeFolder(of path: String) throws(StudyError) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw StudyError(
        "the folder `\(folder)` cannot be made", hints: ["name another place with --store"])
    }
  }
}

extension Failure {
  /// There is nothing to search.
  fileprivate init(nothingIn spec: String, _ codes: [String]) {
    let section = "give it a `search` section with a `space`; `plumb explain search` shows one"
    guard !codes.isEmpty else {
      self.init("the spec does not say what is searched", hint: section)
      return
    }
    let names = codes.map { "`\(escapedForTerminal($0))`" }.joined(separator: ", ")
    self.init(
      "\(names) proposes nothing to search in this spec",
      hints: ["`plumb advise \(spec)` shows what has alternatives", section])
  }
}

extension Compilation {
  /// What trials depend on beside what is searched: the values of the spec and the table.
  fileprivate var studyIdentity: [String: String] {
    let values = (resolution?.values ?? []).filter { value in
      !["name", "description", "data.source", "data.labels", "data.profile"].contains(value.path)
        && !value.path.hasPrefix("search")
    }
    let text = values.map { "\($0.path)=\($0.value)\n" }.joined()
    var identity = ["spec": sha256(Array(text.utf8))]
    for (name, path) in [("data", spec?.data.source), ("labels", spec?.data.labels)] {
      guard let path else { continue }
      identity[name] = try? FileDigest(
        of: FilePath.resolve(path, from: dataOrigin), maximumBytes: TableOptions.greatestBytes
      ).sha256
    }
    return identity
  }
}
