/// A curve of any length in bounded memory.
///
/// When it is full, each two neighbours become their mean, and from then on each value stands for
/// twice as many epochs.
struct LossCurve: Sendable, Hashable {
  /// More than a terminal has columns of dots.
  static let capacity = 512

  private(set) var values: [Double] = []
  /// How many epochs a value stands for.
  private(set) var stride = 1
  private var (sum, count) = (0.0, 0)

  /// Adds the loss of the next epoch; one that is no number is left out.
  mutating func append(_ loss: Double) {
    guard loss.isFinite else { return }
    (sum, count) = (sum + loss, count + 1)
    guard count == stride else { return }
    values.append(sum / Double(count))
    (sum, count) = (0, 0)
    guard values.count == Self.capacity else { return }
    values = Swift.stride(from: 0, to: values.count, by: 2).map {
      (values[$0] + values[$0 + 1]) / 2
    }
    stride *= 2
  }

  /// The curve at so many places from its first value to its last.
  ///
  /// Where there are more values than places, the mean of each place's share; between few values,
  /// straight lines.
  func sampled(at places: Int) -> [Double] {
    guard places > 1, values.count > 1 else { return values.first.map { [$0] } ?? [] }
    return (0..<places).map { place in
      guard values.count <= places else {
        let (low, high) = (place * values.count / places, (place + 1) * values.count / places)
        return values[low..<high].reduce(0, +) / Double(high - low)
      }
      let position = Double(place * (values.count - 1)) / Double(places - 1)
      let low = min(Int(position), values.count - 2)
      let share = position - Double(low)
      return values[low] * (1 - share) + values[low + 1] * share
    }
  }
}
