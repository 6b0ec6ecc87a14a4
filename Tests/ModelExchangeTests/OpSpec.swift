import NetworkGraph
import Tensors

/// A sample of an operation as a spec of its own, over a table of as many columns as it has inputs.
struct OpSpec {
  let text: String
  let table: String

  init(_ name: String, _ sample: OpSample) {
    let width = sample.inputs.reduce(0) { $0 + $1.count }
    var layers: [String] = []
    var start = 0
    for (index, shape) in sample.inputs.enumerated() {
      let positions = start..<(start + shape.count)
      layers.append("- select: {positions: \(Array(positions))}\n      from: [input]")
      layers.append(
        "- reshape: {shape: \(shape.sizes)}\n      name: part\(index)")
      start += shape.count
    }
    let parts = sample.inputs.indices.map { "part\($0)" }.joined(separator: ", ")
    layers.append("- \(name): {\(sample.fields)}\n      from: [\(parts)]")
    layers.append("- flatten")
    text = """
      plumb: 1
      data:
        source: table.csv
        target: y
        target_scale: none
        numeric: {scale: none}
        features: {\((0..<width).map { "x\($0): numeric" }.joined(separator: ", "))}
      model:
        layers:
          \(layers.joined(separator: "\n    "))
      training: {loss: mse, learning_rate: 0.01, batch_size: 8, seed: 3}
      """
    table = Self.table(width: width, indicesBelow: sample.indicesBelow)
  }

  /// Numbers that follow from their places; whole ones for what looks up.
  private static func table(width: Int, indicesBelow: Int?) -> String {
    let head = ((0..<width).map { "x\($0)" } + ["y"]).joined(separator: ",")
    let rows = (0..<40).map { row -> String in
      let cells = (0..<width).map { column -> String in
        let number = (row * 7919 + column * 104_729 + row * column * 31) % 1009
        if let limit = indicesBelow { return "\(number % limit)" }
        return "\(Double(number - 504) / 250)"
      }
      return (cells + ["\(Double(row % 7) / 3)"]).joined(separator: ",")
    }
    return ([head] + rows).joined(separator: "\n") + "\n"
  }
}
