import SpecSyntax

extension Resolution {
  /// The complete spec as YAML, each value with its origin as a comment.
  ///
  /// It can be saved and trained to the same result.
  public var text: String {
    var root = Branch()
    for value in values { root.insert(value, SpecPath(value.path).steps[...]) }
    var lines: [Line] = []
    root.write(indent: 0, into: &lines)
    let width = min(64, (lines.map(\.text.count).max() ?? 0) + 2)
    return lines.map { line in
      guard !line.comment.isEmpty else { return line.text }
      let gap = String(repeating: " ", count: max(1, width - line.text.count))
      // A reason quotes names of the table, whose control characters no spec may hold.
      return line.text + gap + "# " + escapedForTerminal(line.comment)
    }.joined(separator: "\n") + "\n"
  }

  /// A line of the resolved spec with the comment beside it.
  fileprivate struct Line {
    var text: String
    var comment: String
  }
}

extension Resolution.Value {
  /// Where the value came from, in a few words.
  public var originWords: String {
    let because = reason.isEmpty ? "" : ": \(reason)"
    return switch origin {
    case .author: "author"
    case .rule: "rule \(rule ?? "")\(because)"
    case .default: rule.map { "default \($0)\(because)" } ?? "default\(because)"
    }
  }
}

/// A mapping or list on its way to YAML.
private struct Branch {
  var value: Resolution.Value?
  var children: [(step: SpecPath.Step, branch: Branch)] = []

  mutating func insert(_ value: Resolution.Value, _ steps: ArraySlice<SpecPath.Step>) {
    guard let step = steps.first else {
      self.value = value
      return
    }
    if let index = children.firstIndex(where: { $0.step == step }) {
      children[index].branch.insert(value, steps.dropFirst())
    } else {
      var branch = Branch()
      branch.insert(value, steps.dropFirst())
      children.append((step, branch))
    }
  }

  func write(indent: Int, into lines: inout [Resolution.Line]) {
    for (step, branch) in children {
      let blanks = String(repeating: " ", count: indent)
      switch step {
      case .key(let key):
        let name = blanks + scalarText(key) + ":"
        if let value = branch.value, branch.children.isEmpty {
          lines.append(.init(text: "\(name) \(value.value)", comment: value.originWords))
        } else {
          lines.append(.init(text: name, comment: branch.value?.originWords ?? ""))
          branch.write(indent: indent + 2, into: &lines)
        }
      case .index:
        let first = lines.count
        branch.write(indent: indent + 2, into: &lines)
        guard lines.indices.contains(first) else { continue }
        lines[first].text = blanks + "- " + lines[first].text.dropFirst(indent + 2)
      }
    }
  }
}
