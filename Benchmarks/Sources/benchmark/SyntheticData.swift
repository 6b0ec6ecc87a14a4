import Foundation

/// Rows of normal numbers whose class is the largest of a few random linear scores.
///
/// The seed is fixed, so the files are the same on every machine.
struct SyntheticData {
  private var source = SplitMix(state: 7)
  private let workload: Workload
  private let width: Int
  /// One score per class, from at most the first 64 inputs.
  private let scores: [[Float]]

  /// Writes a workload's files into a folder, unless they are there.
  static func prepare(_ workload: Workload, in folder: URL) throws {
    let url = folder.appending(path: "\(workload.data).\(workload.layout.rawValue)")
    guard !FileManager.default.fileExists(atPath: url.path()) else { return }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var data = SyntheticData(workload)
    switch workload.layout {
    case .csv: try data.csv().write(to: url)
    case .idx:
      let (values, labels) = data.idx()
      try labels.write(to: folder.appending(path: "\(workload.data).labels.idx"))
      try values.write(to: url)
    }
  }

  private init(_ workload: Workload) {
    self.workload = workload
    width = workload.inputs.reduce(1, *)
    let used = min(width, 64)
    var source = SplitMix(state: 8)
    scores = (0..<workload.classes).map { _ in (0..<used).map { _ in source.normal() } }
  }

  /// Four decimals a number, as measurements have them.
  private mutating func csv() -> Data {
    var text = (1...width).map { "x\($0)" }.joined(separator: ",") + ",y\n"
    for _ in 0..<workload.rows {
      let row = nextRow().map { ($0 * 10_000).rounded() / 10_000 }
      for value in row { text += "\(value)," }
      text += "\(label(of: row))\n"
    }
    return Data(text.utf8)
  }

  /// Values as bytes about 128, 40 to a standard deviation.
  private mutating func idx() -> (values: Data, labels: Data) {
    let sizes = [workload.rows] + workload.inputs
    var values = Self.header(sizes)
    var labels = Self.header([workload.rows])
    for _ in 0..<workload.rows {
      let row = nextRow()
      values.append(contentsOf: row.map { UInt8(max(0, min(255, (128 + 40 * $0).rounded()))) })
      labels.append(UInt8(label(of: row)))
    }
    return (values, labels)
  }

  /// The mark of unsigned bytes, then each size as four bytes, the highest first.
  private static func header(_ sizes: [Int]) -> Data {
    var bytes: [UInt8] = [0, 0, 8, UInt8(sizes.count)]
    for size in sizes {
      bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) }
    }
    return Data(bytes)
  }

  private mutating func nextRow() -> [Float] {
    var row: [Float] = []
    row.reserveCapacity(width)
    for _ in 0..<width { row.append(source.normal()) }
    return row
  }

  private func label(of row: [Float]) -> Int {
    let values = scores.map { score in zip(score, row).reduce(0) { $0 + $1.0 * $1.1 } }
    return values.indices.max { values[$0] < values[$1] } ?? 0
  }
}

/// The generator SplitMix64 (Steele, Lea and Flood 2014).
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A uniform number above 0 and at most 1.
  mutating func uniform() -> Double { (Double(next() >> 11) + 1) * 0x1p-53 }

  /// A standard normal number, by Box and Muller.
  mutating func normal() -> Float {
    let radius = (-2 * log(uniform())).squareRoot()
    return Float(radius * cos(2 * .pi * uniform()))
  }
}
