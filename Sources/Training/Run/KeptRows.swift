#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The rows that judged a run as they are kept until the runs beside it are over: numbers in base
/// 64 of their bytes, so that each comes back as it was.
struct KeptRows: Codable {
  fileprivate struct Answers: Codable {
    /// Of classes.
    var classes: [String]?
    var kind: String?
    /// Of numbers.
    var targets: [String]?
    var levels: [Double]?
    /// The values, or those of every level one after the other.
    var values: Data
  }

  private let part: String
  private let truth: Data
  private let network: Answers
  private let constant: Answers
  private let linear: Answers

  init(_ rows: JudgedRows) {
    part = rows.part
    switch rows.truth {
    case .classes(let codes): truth = Data(codes.map(Double.init))
    case .numbers(let numbers): truth = Data(numbers)
    }
    func answers(_ predictions: Predictions) -> Answers {
      switch predictions {
      case .classes(let classes):
        Answers(
          classes: classes.classes, kind: classes.kind.rawValue, values: Data(classes.values))
      case .numbers(let numbers) where numbers.quantiles.isEmpty:
        Answers(targets: numbers.targets, values: Data(numbers.values))
      case .numbers(let numbers):
        Answers(
          targets: numbers.targets, levels: numbers.quantiles.map(\.level),
          values: Data(numbers.quantiles.flatMap(\.values)))
      }
    }
    (network, constant, linear) = (
      answers(rows.network), answers(rows.constant), answers(rows.linear)
    )
  }

  /// The rows again; nil where they cannot have been written so.
  var judged: JudgedRows? {
    guard let network = network.predictions, let constant = constant.predictions,
      let linear = linear.predictions, let numbers = truth.doubles
    else { return nil }
    var truth = Truth.numbers(numbers)
    if case .classes = network { truth = .classes(numbers.map { Int($0) }) }
    return JudgedRows(
      part: part, truth: truth, network: network, constant: constant, linear: linear)
  }
}

extension KeptRows.Answers {
  fileprivate var predictions: Predictions? {
    guard let values = values.doubles else { return nil }
    if let classes, let kind = kind.flatMap({ ClassPredictions.Kind(rawValue: $0) }) {
      guard !classes.isEmpty, values.count % classes.count == 0 else { return nil }
      return .classes(.init(classes: classes, kind: kind, values: values))
    }
    guard let targets, !targets.isEmpty else { return nil }
    guard let levels else {
      guard values.count % targets.count == 0 else { return nil }
      return .numbers(.init(targets: targets, values: values))
    }
    guard !levels.isEmpty, values.count % (levels.count * targets.count) == 0 else { return nil }
    let count = values.count / levels.count
    return .numbers(
      .init(
        targets: targets,
        quantiles: levels.enumerated().map { index, level in
          .init(level: level, values: Array(values[index * count..<(index + 1) * count]))
        }))
  }
}

extension Data {
  /// The bytes of numbers, the lowest first.
  fileprivate init(_ numbers: [Double]) {
    self.init(capacity: numbers.count * 8)
    for number in numbers {
      let bits = number.bitPattern
      for place in 0..<8 { append(UInt8(truncatingIfNeeded: bits >> (8 * UInt64(place)))) }
    }
  }

  /// The numbers of such bytes; nil where one is cut short.
  fileprivate var doubles: [Double]? {
    guard count % 8 == 0 else { return nil }
    var (numbers, bits, place) = ([Double](), UInt64(0), 0)
    numbers.reserveCapacity(count / 8)
    for byte in self {
      bits |= UInt64(byte) << UInt64(8 * place)
      place += 1
      guard place == 8 else { continue }
      numbers.append(Double(bitPattern: bits))
      (bits, place) = (0, 0)
    }
    return numbers
  }
}
