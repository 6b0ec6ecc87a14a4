import NetworkGraph
import SpecSyntax
import Tables

/// Finds the places of the columns that a `select` names.
struct InputChooser {
  let layout: InputLayout
  /// Whether an example is a row of columns, and not an image.
  let isRow: Bool

  /// The layer with positions in place of names; nil after a mistake, which is reported.
  func layer(
    _ layer: LayerSpec, _ select: Select, into log: inout DiagnosticLog
  ) -> LayerSpec? {
    // Too many choices are the operation's own affair.
    let choices = [select.columns != nil, select.kinds != nil, select.positions != nil]
    guard choices.count(where: { $0 }) == 1 else { return layer }
    let path = layer.path.key(Select.name)
    if let other = layer.from?.first(where: { $0.wrappedValue != Reference.input }) {
      log.report(
        .columnsOfLayer(
          other.wrappedValue, at: other.projectedValue, path: layer.path.key("from")))
      return nil
    }
    guard isRow else {
      log.report(.columnsOfShape(at: layer.range, path: path))
      return nil
    }
    var positions: [Int] = []
    var isWhole = true
    for name in select.columns ?? [] {
      if let column = layout.columns.first(where: { $0.name == name.wrappedValue }) {
        positions += column.places
      } else {
        isWhole = false
        log.report(
          .unknownInput(
            name.wrappedValue, names: layout.columns.map(\.name), at: name.projectedValue,
            path: path.key("columns")))
      }
    }
    for kind in select.kinds ?? [] {
      let columns = layout.columns.filter { $0.kind.rawValue == kind.rawValue }
      positions += columns.flatMap { Array($0.places) }
      guard columns.isEmpty else { continue }
      isWhole = false
      log.report(.noInputOfKind(kind.rawValue, at: select.$kinds, path: path.key("kind")))
    }
    guard isWhole else { return nil }
    return layer.replacing(
      Select(positions: positions, at: layer.range),
      from: [Located(wrappedValue: Reference.input, at: layer.range)])
  }
}
