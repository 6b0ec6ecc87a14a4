/// The values of an axis with steps that were taken, each with its position worked out once and a
/// number from 1 on.
struct ValuePlaces {
  private let axis: Axis
  /// For each of the first values of the axis the number and the position; 0 is not taken.
  private var taken: [(number: Int32, position: Double)]
  private(set) var count = 1

  init(_ axis: Axis) {
    self.axis = axis
    taken = [(number: Int32, position: Double)](
      repeating: (0, 0), count: min(axis.valueCount ?? 0, 1024))
  }

  /// The position of a number, and what is the same for equal ones; 0 of what is continuous.
  mutating func take(_ number: Double) -> (position: Double, number: Int32) {
    guard axis.step != nil else { return (axis.position(of: number), 0) }
    guard let place = axis.place(of: number), place < taken.count else {
      count += 1
      return (axis.position(of: number), Int32(count - 1))
    }
    if taken[place].number == 0 {
      taken[place] = (Int32(count), axis.position(of: number))
      count += 1
    }
    return (taken[place].position, taken[place].number)
  }
}
