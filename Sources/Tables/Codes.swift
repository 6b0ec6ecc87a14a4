/// The level of each row, −1 where missing, in one, two or four bytes as the levels call for.
public struct Codes: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  private var bytes: [UInt8] = []
  private var shorts: [UInt16] = []
  private var wholes: [Int32] = []
  private var form = Form.bytes

  private enum Form: Sendable {
    case bytes
    case shorts
    case wholes
  }

  /// Keeps codes; none may be below −1.
  public init(_ codes: [Int32] = []) {
    widen(for: Int(codes.max() ?? 0) + 1)
    for code in codes { append(code) }
  }

  public init(arrayLiteral codes: Int32...) { self.init(codes) }

  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch form {
    case .bytes: bytes.count
    case .shorts: shorts.count
    case .wholes: wholes.count
    }
  }

  public subscript(row: Int) -> Int32 {
    switch form {
    case .bytes: bytes[row] == .max ? -1 : Int32(bytes[row])
    case .shorts: shorts[row] == .max ? -1 : Int32(shorts[row])
    case .wholes: wholes[row]
    }
  }

  /// Makes room for codes below `levels`; the greatest number of each form stands for −1.
  mutating func widen(for levels: Int) {
    if form == .bytes, levels > 255 {
      let isWide = levels > 65_535
      if isWide { wholes = bytes.map { $0 == .max ? -1 : Int32($0) } }
      if !isWide { shorts = bytes.map { $0 == .max ? .max : UInt16($0) } }
      (form, bytes) = (isWide ? .wholes : .shorts, [])
    } else if form == .shorts, levels > 65_535 {
      wholes = shorts.map { $0 == .max ? -1 : Int32($0) }
      (form, shorts) = (.wholes, [])
    }
  }

  /// Adds a code that there is room for.
  mutating func append(_ code: Int32) {
    switch form {
    case .bytes: bytes.append(code < 0 ? .max : UInt8(code))
    case .shorts: shorts.append(code < 0 ? .max : UInt16(code))
    case .wholes: wholes.append(code)
    }
  }

  /// Adds codes, each replaced by its place in a list of new ones.
  mutating func append(_ codes: [Int32], renumbered newCodes: [Int32]) {
    switch form {
    case .bytes:
      bytes.reserveCapacity(bytes.count + codes.count)
      for code in codes { bytes.append(UInt8(newCodes[Int(code)])) }
    case .shorts: for code in codes { shorts.append(UInt16(newCodes[Int(code)])) }
    case .wholes: for code in codes { wholes.append(newCodes[Int(code)]) }
    }
  }

  /// Asks for memory for so many codes.
  mutating func reserveCapacity(_ count: Int) {
    switch form {
    case .bytes: bytes.reserveCapacity(count)
    case .shorts: shorts.reserveCapacity(count)
    case .wholes: wholes.reserveCapacity(count)
    }
  }

  /// Replaces each code by its place in a list of new ones, −1 among them, none of them greater.
  mutating func renumber(_ newCodes: [Int32]) {
    guard newCodes.enumerated().contains(where: { $0.offset != Int($0.element) }) else { return }
    switch form {
    case .bytes:
      for row in bytes.indices where bytes[row] != .max {
        let code = newCodes[Int(bytes[row])]
        bytes[row] = code < 0 ? .max : UInt8(code)
      }
    case .shorts:
      for row in shorts.indices where shorts[row] != .max {
        let code = newCodes[Int(shorts[row])]
        shorts[row] = code < 0 ? .max : UInt16(code)
      }
    case .wholes:
      for row in wholes.indices where wholes[row] >= 0 { wholes[row] = newCodes[Int(wholes[row])] }
    }
  }
}
