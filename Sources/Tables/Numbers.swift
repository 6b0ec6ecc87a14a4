/// The numbers of a column, NaN where missing, in as few bytes as hold them exactly.
///
/// Numbers with the same few decimals are whole numbers of 8, 16 or 32 bits and a divisor:
/// `m / 10^s` is the double nearest to the decimal, as both parts are exact. Others are doubles, or
/// floats where all of them are.
public struct Numbers: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  /// How the numbers are kept; one of the following arrays is in use.
  enum Form: Sendable {
    case doubles
    case floats
    case bytes
    case shorts
    case wholes
  }

  private(set) var form = Form.doubles
  /// The number of decimals of whole numbers.
  private(set) var scale = 0
  /// What whole numbers are multiplied by: the seconds of a day for dates, else 1.
  private(set) var unit = 1.0
  var doubles: [Double] = []
  var wholes: [Int32] = []
  private var floats: [Float] = []
  private var shorts: [Int16] = []
  private var bytes: [Int8] = []

  /// What stands for a missing number and for minus zero among whole numbers of 32 bits; shorter
  /// ones have their own least values in these places.
  static let missing = Int32.min
  static let minusZero = Int32.min + 1
  static let greatestScale = 9

  /// Keeps numbers as they are.
  public init(_ numbers: [Double] = []) { doubles = numbers }

  public init(arrayLiteral numbers: Double...) { self.init(numbers) }

  /// No numbers yet, to be kept as whole numbers with so many decimals.
  init(scale: Int, unit: Double = 1) {
    precondition(0...Self.greatestScale ~= scale, "a scale has a table of powers of ten")
    (form, self.scale, self.unit) = (.wholes, scale, unit)
  }

  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch form {
    case .doubles: doubles.count
    case .floats: floats.count
    case .bytes: bytes.count
    case .shorts: shorts.count
    case .wholes: wholes.count
    }
  }

  public subscript(row: Int) -> Double {
    get {
      switch form {
      case .doubles: doubles[row]
      case .floats: Double(floats[row])
      case .bytes: value(Int32(bytes[row]), least: Int32(Int8.min))
      case .shorts: value(Int32(shorts[row]), least: Int32(Int16.min))
      case .wholes: value(wholes[row], least: .min)
      }
    }
    set {
      self.keepDoubles()
      doubles[row] = newValue
    }
  }

  /// Whether the number of a row is missing.
  func isMissing(_ row: Int) -> Bool {
    switch form {
    case .doubles: doubles[row].isNaN
    case .floats: floats[row].isNaN
    case .bytes: bytes[row] == .min
    case .shorts: shorts[row] == .min
    case .wholes: wholes[row] == .min
    }
  }

  /// Copies the numbers of some rows to the start of a buffer.
  public func copy(_ rows: Range<Int>, to buffer: inout [Double]) {
    switch form {
    case .doubles: buffer.replaceSubrange(0..<rows.count, with: doubles[rows])
    case .floats: for row in rows { buffer[row - rows.lowerBound] = Double(floats[row]) }
    case .bytes:
      for row in rows {
        buffer[row - rows.lowerBound] = value(Int32(bytes[row]), least: Int32(Int8.min))
      }
    case .shorts:
      for row in rows {
        buffer[row - rows.lowerBound] = value(Int32(shorts[row]), least: Int32(Int16.min))
      }
    case .wholes:
      for row in rows { buffer[row - rows.lowerBound] = value(wholes[row], least: .min) }
    }
  }

  /// All numbers as doubles.
  public var array: [Double] {
    var buffer = [Double](repeating: 0, count: count)
    copy(0..<count, to: &buffer)
    return buffer
  }

  private var divisor: Double { Self.powers[scale] }

  @inline(__always)
  private func value(_ whole: Int32, least: Int32) -> Double {
    if whole > least + 1 { return Double(whole) * unit / divisor }
    return whole == least ? .nan : -0.0
  }

  private static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
}

extension Numbers {
  /// Keeps numbers in the fewest bytes that hold them: as whole numbers, floats or doubles.
  init(compacting numbers: [Double]) {
    self.init(scale: 0)
    wholes.reserveCapacity(numbers.count)
    for number in numbers {
      guard let whole = number.isNaN ? Self.missing : self.whole(number) else { break }
      wholes.append(whole)
    }
    if wholes.count == numbers.count {
      narrow()
    } else if numbers.allSatisfy({ $0.isNaN || Double(Float($0)) == $0 }) {
      (form, floats, wholes) = (.floats, numbers.map { Float($0) }, [])
    } else {
      self = Numbers(numbers)
    }
  }

  /// The whole number that stands for a number in this scale and unit, if there is one.
  func whole(_ number: Double) -> Int32? {
    if number == 0 { return number.sign == .minus ? Self.minusZero : 0 }
    let scaled = (number / unit * Self.powers[scale]).rounded()
    guard scaled.magnitude < 2_147_483_647, Double(scaled) * unit / Self.powers[scale] == number
    else { return nil }
    return Int32(scaled)
  }

  /// Changes to doubles.
  mutating func keepDoubles() {
    guard form != .doubles else { return }
    doubles = array
    (form, floats, wholes, shorts, bytes) = (.doubles, [], [], [], [])
  }

  /// Changes the first numbers to more decimals; doubles where that needs more than 32 bits.
  mutating func rescale(to places: Int, first: Int) {
    guard form == .wholes, unit == 1, scale < places, places <= Self.greatestScale else {
      return keepDoubles()
    }
    let factor = Int32(Self.powers[places - scale])
    for row in 0..<first where wholes[row] > Self.minusZero {
      let (product, overflow) = wholes[row].multipliedReportingOverflow(by: factor)
      guard !overflow, product.magnitude < 2_147_483_647 else { return keepDoubles() }
      wholes[row] = product
    }
    scale = places
  }

  /// Adds numbers at the end, in whatever form holds both.
  mutating func append(_ other: Numbers) {
    var other = other
    if form == .wholes, other.form == .wholes, unit == other.unit, scale != other.scale {
      if scale < other.scale {
        rescale(to: other.scale, first: wholes.count)
      } else {
        other.rescale(to: scale, first: other.wholes.count)
      }
    }
    if form == .wholes, other.form == .wholes, unit == other.unit, scale == other.scale {
      return wholes.append(contentsOf: other.wholes)
    }
    keepDoubles()
    other.keepDoubles()
    doubles.append(contentsOf: other.doubles)
  }

  /// Removes all numbers and keeps the memory.
  mutating func removeAll(like other: Numbers) {
    doubles.removeAll(keepingCapacity: true)
    wholes.removeAll(keepingCapacity: true)
    (form, scale, unit) = (other.form, other.scale, other.unit)
  }

  /// Asks for memory for so many numbers.
  mutating func reserveCapacity(_ count: Int) {
    if form == .doubles { doubles.reserveCapacity(count) } else { wholes.reserveCapacity(count) }
  }

  /// Adds room for numbers that are written later.
  mutating func grow(by count: Int) {
    if form == .doubles {
      doubles.append(contentsOf: repeatElement(.nan, count: count))
      return
    }
    // Copying is much faster than repeating.
    var rest = count
    while rest > 0 {
      let some = Swift.min(rest, Self.blanks.count)
      wholes.append(contentsOf: Self.blanks[..<some])
      rest -= some
    }
  }

  private static let blanks = [Int32](repeating: Numbers.missing, count: 4_096)

  /// Sets a number that was read by itself.
  mutating func set(_ number: Double, at row: Int) {
    if form == .wholes, let whole = whole(number) {
      wholes[row] = whole
    } else {
      keepDoubles()
      doubles[row] = number
    }
  }

  /// Takes as few bytes as hold the whole numbers.
  mutating func narrow() {
    guard form == .wholes else { return }
    var (low, high) = (Int32.max, Int32.min)
    for whole in wholes where whole > Self.minusZero {
      low = Swift.min(low, whole)
      high = Swift.max(high, whole)
    }
    if low > Int32(Int8.min) + 1, high <= Int32(Int8.max) {
      bytes = wholes.map { $0 <= Self.minusZero ? Int8.min + ($0 == .min ? 0 : 1) : Int8($0) }
      (form, wholes) = (.bytes, [])
    } else if low > Int32(Int16.min) + 1, high <= Int32(Int16.max) {
      shorts = wholes.map { $0 <= Self.minusZero ? Int16.min + ($0 == .min ? 0 : 1) : Int16($0) }
      (form, wholes) = (.shorts, [])
    }
  }
}

extension Numbers {
  /// The numbers in ascending order, without the missing ones; `nil` for doubles and floats.
  func sortedWholes() -> [Double]? {
    guard form == .wholes || form == .shorts || form == .bytes else { return nil }
    if var counts = wholeCounts() { return counts.ascending() }
    var keys: [UInt64] = []
    keys.reserveCapacity(count)
    // With the highest bit turned, the order of the numbers is that of their bits.
    forEachWhole { keys.append(UInt64(UInt32(bitPattern: $0) ^ 0x8000_0000)) }
    sortKeys(&keys)
    let divisor = Self.powers[scale]
    return keys.map {
      Double(Int32(bitPattern: UInt32(truncatingIfNeeded: $0) ^ 0x8000_0000)) * unit / divisor
    }
  }
}

/// How often each of the whole numbers of a column occurs.
struct WholeCounts {
  fileprivate var counts: [UInt32]
  fileprivate var low: Int32
  fileprivate var form: Numbers

  /// The numbers in ascending order.
  mutating func ascending() -> [Double] {
    var sorted: [Double] = []
    sorted.reserveCapacity(counts.reduce(0) { $0 + Int($1) })
    form.wholes = [0]
    for (offset, count) in counts.enumerated() where count > 0 {
      form.wholes[0] = low + Int32(offset)
      sorted.append(contentsOf: repeatElement(form[0], count: Int(count)))
    }
    return sorted
  }
}

extension Numbers {
  /// How often each whole number occurs; `nil` where too many could occur.
  func wholeCounts() -> WholeCounts? {
    var (low, high) = (Int32.max, Int32.min)
    forEachWhole { whole in
      low = Swift.min(low, whole)
      high = Swift.max(high, whole)
    }
    let range = Int(high) - Int(low) + 1
    // Counting has to visit the whole range, which is more than sorting where it is sparse.
    guard range > 0, range <= Swift.max(Swift.min(65_536, 16 * count), count) else { return nil }
    var counts = [UInt32](repeating: 0, count: range)
    forEachWhole { counts[Int($0) - Int(low)] += 1 }
    var form = Numbers(scale: scale)
    form.unit = unit
    return WholeCounts(counts: counts, low: low, form: form)
  }

  /// Visits the whole numbers, minus zero as zero, without the missing ones.
  @inline(__always)
  private func forEachWhole(_ visit: (Int32) -> Void) {
    switch form {
    case .doubles, .floats: break
    case .bytes:
      for whole in bytes where whole != .min { visit(whole == .min + 1 ? 0 : Int32(whole)) }
    case .shorts:
      for whole in shorts where whole != .min { visit(whole == .min + 1 ? 0 : Int32(whole)) }
    case .wholes:
      for whole in wholes where whole != .min { visit(whole == .min + 1 ? 0 : whole) }
    }
  }
}
