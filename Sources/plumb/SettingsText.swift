import Linting
import SpecCompiler
import SpecSyntax

/// The settings that hold for a spec, each with its origin.
struct SettingsText {
  let path: String
  let configuration: Configuration
  let settings: Settings
  let current: String

  private struct Row {
    var key: String
    var value: String
    var place: ConfigurationPlace?
    var json: JSONValue
  }

  private var rows: [Row] {
    let baseline = configuration.baseline.value.map { PathNames.relative($0, to: current) }
    let sources = configuration
    var rows = [
      Row(
        key: "fail_on", value: sources.failOn.value.rawValue, place: sources.failOn.place,
        json: .string(sources.failOn.value.rawValue)),
      Row(
        key: "max_warnings", value: sources.maxWarnings.value.map { "\($0)" } ?? "none",
        place: sources.maxWarnings.place,
        json: sources.maxWarnings.value.map { .integer($0) } ?? .null),
      Row(
        key: "baseline", value: baseline ?? "none", place: sources.baseline.place,
        json: baseline.map { .string($0) } ?? .null),
      Row(
        key: "advice.sizing", value: sources.sizing.value.rawValue, place: sources.sizing.place,
        json: .string(sources.sizing.value.rawValue)),
    ]
    rows += sources.exclude.map {
      Row(key: "exclude", value: $0.value, place: $0.place, json: .string($0.value))
    }
    return rows
  }

  /// The kinds of finding whose level a project may change.
  private var codes: [DiagnosticCode] { FindingNames.all.filter(\.isAdjustable) }

  private var ruleRows: [Row] {
    codes.flatMap { code in
      let level = settings.level(of: code)
      let value = level.value?.rawValue ?? "off"
      let row = Row(
        key: "\(code.code) \(code.name)", value: value, place: level.place, json: .string(value))
      let rule = Rules.named(code.code)
      return [row]
        + (rule?.options ?? []).map { option in
          let value = rule.map { settings.value(of: option, of: $0) }
          let number = value?.value ?? option.defaultValue
          return Row(
            key: "  \(option.name)", value: numberText(number), place: value?.place,
            json: .number(number))
        }
    }
  }

  var text: String {
    let names = configuration.files.map(escapedForTerminal)
    let files = names.isEmpty ? "no configuration" : names.joined(separator: ", then ")
    let fixed = FindingNames.all.count { !$0.isAdjustable }
    let rows = self.rows + ruleRows
    let keys = rows.map(\.key.count).max() ?? 0
    let values = rows.map { escapedForTerminal($0.value).count }.max() ?? 0
    func line(_ row: Row) -> String {
      "  " + padded(row.key, keys) + padded(escapedForTerminal(row.value), values)
        + escapedForTerminal(row.place?.text ?? "default")
    }
    var lines = ["\(escapedForTerminal(path)): \(files)", ""]
    lines += self.rows.map(line)
    lines += ["", "rules"]
    lines += ruleRows.map(line)
    lines += ["", "\(fixed) kinds of error say that a spec cannot work, and are always errors"]
    return lines.joined(separator: "\n")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count) + 2)
  }

  var json: JSONValue {
    [
      "schema_version": 1,
      "path": .string(path),
      "files": .array(configuration.files.map { .string($0) }),
      "settings": .array(
        rows.map {
          ["key": .string($0.key), "value": $0.json, "origin": origin($0.place)]
        }),
      "rules": .array(codes.map(rule)),
    ]
  }

  private func rule(_ code: DiagnosticCode) -> JSONValue {
    let level = settings.level(of: code)
    let rule = Rules.named(code.code)
    let options = (rule?.options ?? []).map { option -> JSONValue in
      let value = rule.map { settings.value(of: option, of: $0) }
      return [
        "name": .string(option.name), "value": .number(value?.value ?? option.defaultValue),
        "default": .number(option.defaultValue), "origin": origin(value?.place),
      ]
    }
    return [
      "code": .string(code.code), "name": .string(code.name),
      "level": .string(level.value?.rawValue ?? "off"),
      "default": .string(code.isOff ? "off" : code.level.rawValue),
      "origin": origin(level.place), "options": .array(options),
    ]
  }

  private func origin(_ place: ConfigurationPlace?) -> JSONValue {
    guard let place else { return "default" }
    return ["file": .string(place.file), "line": .integer(place.line)]
  }
}
