import Training

/// The page of one run: whether it was worth it, how it went, where it errs, what it is made of.
public struct RunPage: Sendable {
  private let run: ReportedRun

  public init(_ run: ReportedRun) { self.run = run }

  /// The whole document: the same for the same run, and nothing in it is fetched from elsewhere.
  public var html: String {
    let manifest = run.manifest
    var sections = [VerdictSection(run).section, CurvesSection(run).section]
    if let classes = ClassesSection(run) { sections.append(classes.section) }
    if let numbers = NumbersSection(run)?.section { sections.append(numbers) }
    if let importance = ImportanceSection(run) { sections.append(importance.section) }
    if !run.missing.isEmpty {
      sections.append(
        Page.Section(
          id: "missing", title: "Not on this page",
          content: run.missing.map { paragraph(capitalised($0) + ".") }.joined))
    }
    sections += [
      AdviceSection(run).section, NetworkSection(run).section, SpecSection(run).section,
    ]
    return Page(
      title: manifest.name,
      subtitle: """
        \(run.label) · predicts \(manifest.target.joined(separator: ", ")) from \
        \(manifest.data.path): \(manifest.data.rows) rows, \(manifest.data.columns) columns
        """,
      sections: sections, footer: pageFooter([run])
    ).html
  }
}

/// What made the runs of a page.
func pageFooter(_ runs: [ReportedRun]) -> String {
  let manifest = runs[0].manifest
  let seeds = runs.map { "\($0.manifest.seed)" }
  return """
    Plumb \(manifest.version) · seed \(seeds.joined(separator: ", ")) · instruction set \
    \(manifest.instructionSet) · plumb evaluate prints the same figures
    """
}
