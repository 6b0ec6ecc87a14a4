public import SpecSyntax

extension PlanListing {
  /// The buffers and calls, a line each.
  public func text(style: TextStyle = .plain) -> String {
    let head = """
      batches of \(counted(batch, "row")), padded to \(rowStride); \
      an arena of \(counted(floats, "float")), \(floats * 4) bytes
      """
    var table = TextTable(["buffer", "offset", "floats"], leading: 1)
    for buffer in buffers { table.add([buffer.name, "\(buffer.offset)", "\(buffer.count)"]) }
    var lines = [head, ""] + table.lines(style: style)
    lines += ["", "a training step: \(counted(calls.count, "call"))"]
    var list = TextTable(["call", "layer", "work", "reads", "writes"], leading: 5)
    for call in calls {
      let fused = call.fused.isEmpty ? "" : " (with \(call.fused.joined(separator: ", ")))"
      list.add([
        call.pass, call.layer ?? "", call.work + fused, words(call.reads),
        words(call.writes) + (call.isInPlace ? " in place" : ""),
      ])
    }
    lines += list.lines(style: style)
    lines.append("")
    lines.append(
      "name@offset+count, in floats from the start of the arena; `d x` is the gradient of x")
    return lines.joined(separator: "\n")
  }

  private func words(_ windows: [Window]) -> String {
    windows.map { "\($0.name)@\($0.offset)+\($0.count)" }.joined(separator: ", ")
  }

  /// The same for other programs.
  public var json: JSONValue {
    [
      "batch": .integer(batch), "row_stride": .integer(rowStride), "floats": .integer(floats),
      "buffers": .array(buffers.map(\.json)), "calls": .array(calls.map(\.json)),
    ]
  }
}

extension PlanListing.Window {
  fileprivate var json: JSONValue {
    ["name": .string(name), "offset": .integer(offset), "count": .integer(count)]
  }
}

extension PlanListing.Call {
  fileprivate var json: JSONValue {
    [
      "pass": .string(pass), "layer": layer.map { .string($0) } ?? .null, "work": .string(work),
      "fused": .array(fused.map { .string($0) }), "reads": .array(reads.map(\.json)),
      "writes": .array(writes.map(\.json)), "in_place": .bool(isInPlace),
    ]
  }
}
