import SpecSyntax

/// One configuration file while it is read.
struct ConfigurationFile {
  let source: SourceText
  /// Absolute.
  let path: String

  private var folder: String { PathNames.folder(of: path) }

  /// The mistakes in it as an error.
  func problem(_ diagnostics: [Diagnostic]) -> ConfigurationStore.Problem {
    let errors = diagnostics.count { $0.level == .error }
    let mistakes = errors == 1 ? "a mistake" : "\(errors) mistakes"
    return ConfigurationStore.Problem(
      diagnostics: diagnostics, source: source,
      message: "the configuration `\(source.name)` has \(mistakes): nothing was checked")
  }

  /// Writes what it says over what its bases say.
  func write(_ section: ConfigurationSection, into configuration: inout Configuration) {
    let perFile = section.perFile.wrappedValue.map { entry in
      Configuration.PatternRules(
        pattern: IgnoreRules(folder: folder, lines: [entry.name]),
        rules: statements(entry.value))
    }
    let excluded = section.exclude.wrappedValue.map(\.wrappedValue)
    let part = Configuration.Part(
      folder: folder, rules: statements(section.rules), perFile: perFile,
      excluded: IgnoreRules(folder: folder, lines: excluded))
    configuration.add(part, sizing: sourced(section.advice.sizing))
    configuration.files.insert(source.name, at: 0)
    configuration.exclude += section.exclude.wrappedValue.map {
      Sourced($0.wrappedValue, place($0.projectedValue))
    }
    if let value = sourced(section.failOn) { configuration.failOn = value }
    if let value = sourced(section.maxWarnings) {
      configuration.maxWarnings = value
    }
    if let value = sourced(section.baseline) {
      let path = value.value.map { PathNames.absolute($0, in: folder) }
      configuration.baseline = Sourced(path, value.place)
    }
  }

  private func statements(_ rules: RulesSection) -> [RuleStatement] {
    rules.entries.map { entry in
      let setting = entry.setting
      return RuleStatement(
        selector: entry.selector, level: setting.level.isWritten ? setting.level.wrappedValue : nil,
        options: setting.options.map { option in
          (option.name, Sourced(option.value.wrappedValue, place(option.value.projectedValue)))
        },
        place: place(setting.level.projectedValue))
    }
  }

  /// A value with its place; nil where it is not written.
  private func sourced<Value>(_ value: Located<Value>) -> Sourced<Value>? {
    value.isWritten ? Sourced(value.wrappedValue, place(value.projectedValue)) : nil
  }

  private func place(_ range: SourceRange) -> ConfigurationPlace {
    ConfigurationPlace(file: source.name, line: source.position(of: range.lower).line)
  }
}
