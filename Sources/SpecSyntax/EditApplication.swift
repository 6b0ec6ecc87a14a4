/// The bytes of `source` after `edits`, which may come in any order.
///
/// An edit that overlaps an earlier one of the text is dropped, and so is one that reaches beyond
/// the text or repeats another. Every byte outside the edits stays as it is.
public func apply(_ edits: [Edit], to source: SourceText) -> [UInt8] {
  let ordered = edits.enumerated().sorted { a, b in
    let (x, y) = (a.element.range, b.element.range)
    return (x.lower, x.upper, a.offset) < (y.lower, y.upper, b.offset)
  }.map(\.element)
  var result: [UInt8] = []
  var position = 0
  var last: Edit?
  for edit in ordered where edit.range.upper <= source.bytes.count {
    guard edit.range.lower >= position, edit != last else { continue }
    result += source.bytes[position..<edit.range.lower]
    result += edit.replacement.utf8
    position = edit.range.upper
    last = edit
  }
  return result + source.bytes[position...]
}
