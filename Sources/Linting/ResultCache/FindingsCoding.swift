internal import SpecSyntax

extension ByteWriter {
  /// What was found in one spec, but for the bytes of the spec itself.
  mutating func add(_ findings: Report.FileFindings) {
    add(findings.path)
    add(findings.sources.dropFirst()) { writer, source in
      writer.add(source.name)
      writer.add(source.bytes)
    }
    add(findings.diagnostics) { $0.add($1) }
    add(findings.checked)
    add(findings.notChecked) { $0.add($1) }
    add(findings.suppressed) { writer, suppressed in
      writer.add(suppressed.kind.rawValue)
      writer.add(suppressed.reason)
      writer.add(suppressed.diagnostic)
    }
    add(findings.text ?? "")
  }

  private mutating func add(_ finding: Diagnostic) {
    add(finding.code)
    add(finding.level)
    add(finding.message)
    add(finding.path)
    add(finding.primary)
    add(finding.secondary) { $0.add($1) }
    add(finding.notes) { $0.add($1) }
    add(finding.helps) { writer, help in
      writer.add(help.text)
      writer.add(help.fix == nil ? [] : [help.fix]) { writer, fix in
        guard let fix else { return }
        writer.add(fix.title)
        writer.add(fix.applicability.rawValue)
        writer.add(fix.edits) { writer, edit in
          writer.add(edit.range)
          writer.add(edit.replacement)
        }
      }
      writer.add(help.proposed) { writer, value in
        writer.add(value.path)
        writer.add(value.text)
      }
    }
  }

  private mutating func add(_ code: DiagnosticCode) {
    add(code.code)
    add(code.name)
    add(code.level)
    add(code.title)
    add(code.explanation)
    add(code.isOff ? 1 : 0)
  }

  private mutating func add(_ level: Level) { add(Level.allCases.firstIndex(of: level) ?? 0) }

  private mutating func add(_ path: SpecPath) {
    add(path.steps) { writer, step in
      switch step {
      case .key(let key):
        writer.add(0)
        writer.add(key)
      case .index(let index):
        writer.add(1)
        writer.add(index)
      }
    }
  }

  private mutating func add(_ label: Label) {
    add(label.range)
    add(label.text)
  }

  private mutating func add(_ range: SourceRange) {
    add(range.source)
    add(range.lower)
    add(range.upper - range.lower)
  }
}

extension ByteReader {
  /// What was found in a spec, whose bytes are at hand.
  mutating func findings(of spec: SourceText) -> Report.FileFindings {
    let path = text()
    let others = list { SourceText(name: $0.text(), bytes: $0.data()) }
    var findings = Report.FileFindings(
      path: path, diagnostics: list { $0.diagnostic() }, sources: [spec] + others,
      checked: text(), notChecked: list { $0.text() },
      suppressed: list { reader in
        let kind = SuppressedFinding.Kind(rawValue: reader.text()) ?? .inSource
        let reason = reader.text()
        return SuppressedFinding(reader.diagnostic(), kind, reason: reason)
      })
    let text = text()
    findings.text = text.isEmpty ? nil : text
    return findings
  }

  private mutating func diagnostic() -> Diagnostic {
    let code = code()
    let level = choice(of: Level.self)
    let message = text()
    let path = path()
    let primary = label()
    var finding = Diagnostic(
      code, message, at: primary.range, label: primary.text, path: path,
      secondary: list { $0.label() }, notes: list { $0.text() }, helps: list { $0.help() })
    finding.level = level
    return finding
  }

  private mutating func help() -> Help {
    let text = text()
    let fixes = list { reader in
      let title = reader.text()
      let applicability = Fix.Applicability(rawValue: reader.text()) ?? .display
      return Fix(title, reader.list { Edit($0.range(), $0.text()) }, applicability)
    }
    var help = Help(text, fix: fixes.first)
    help.proposed = list { ProposedValue($0.path(), $0.text()) }
    return help
  }

  private mutating func code() -> DiagnosticCode {
    DiagnosticCode(
      text(), text(), choice(of: Level.self), title: text(), explanation: text(),
      isOff: number() == 1)
  }

  private mutating func path() -> SpecPath {
    SpecPath(steps: list { $0.number() == 0 ? .key($0.text()) : .index($0.number()) })
  }

  private mutating func label() -> Label { Label(range(), text()) }

  private mutating func range() -> SourceRange {
    let (source, lower, count) = (number(), number(), number())
    let isPossible = [source, lower, count].allSatisfy { (0...1 << 40).contains($0) }
    guard isPossible else { return .none }
    return SourceRange(source: source, lower: lower, upper: lower + count)
  }
}
