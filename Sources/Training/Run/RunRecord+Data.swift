public import SpecCompiler
internal import Tables
internal import Tensors

extension RunRecord {
  /// Whether a compilation of the run's resolved spec has the table that the run was trained on:
  /// the same rows, as the network gets them.
  public func isTrained(on compilation: Compilation) -> Bool {
    guard let table = compilation.table, table.rowCount == manifest.data.rows,
      table.columns.count == manifest.data.columns, let job = try? Job(compilation)
    else { return false }
    return job.rows == manifest.rows && job.preparation.fingerprint == manifest.data.fingerprint
  }
}

extension Preparation {
  /// A number made of the encoded rows and targets of all parts, in hexadecimal digits; of more
  /// than four million numbers in a part, of those of evenly spread rows.
  ///
  /// By FNV-1a over the bits of each number: it notices what changed, and resists nobody.
  var fingerprint: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ value: Float) { hash = (hash ^ UInt64(value.bitPattern)) &* 0x100_0000_01b3 }
    for part in [train, validation, test] {
      let (values, width, count) = (part.features.values.view, part.features.stride, part.count)
      let taken = min(count, max(1, 4_000_000 / max(1, width)))
      for index in 0..<taken {
        let row = index * count / taken
        for place in (row * width)..<((row + 1) * width) { add(values[place]) }
        for place in 0..<part.targetCount { add(part.targets[row * part.targetCount + place]) }
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
