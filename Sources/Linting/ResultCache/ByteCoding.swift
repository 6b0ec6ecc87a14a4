/// Writes numbers, texts and lists one after another, without names: the same order reads them.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  /// A whole number from 0 up, in as few bytes as it needs, seven bits in each.
  mutating func add(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func add(_ data: [UInt8]) {
    add(data.count)
    bytes.append(contentsOf: data)
  }

  mutating func add<Element>(
    _ list: some Collection<Element>, _ body: (inout ByteWriter, Element) -> Void
  ) {
    add(list.count)
    for element in list { body(&self, element) }
  }
}

/// Reads what `ByteWriter` wrote; after damage everything is empty and `isDamaged` tells.
struct ByteReader {
  private let bytes: [UInt8]
  private let end: Int
  private var place = 0
  private(set) var isDamaged = false

  /// Reads the first bytes of some.
  init(_ bytes: [UInt8], count: Int) {
    self.bytes = bytes
    end = min(count, bytes.count)
  }

  /// Whether everything was read.
  var isAtEnd: Bool { place == end }

  mutating func number() -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while place < end, shift < 64 {
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(Int64(bitPattern: value)) }
      shift += 7
    }
    isDamaged = true
    return 0
  }

  mutating func text() -> String {
    let range = block()
    return String(decoding: bytes[range], as: UTF8.self)
  }

  mutating func data() -> [UInt8] { Array(bytes[block()]) }

  /// Whether the next data are these; passes over them.
  mutating func holds(_ data: [UInt8]) -> Bool {
    let range = block()
    guard range.count == data.count else { return false }
    // Without a way out in between, many are compared at once.
    var difference: UInt8 = 0
    for index in data.indices { difference |= bytes[range.lowerBound + index] ^ data[index] }
    return difference == 0
  }

  mutating func list<Element>(_ body: (inout ByteReader) -> Element) -> [Element] {
    let count = number()
    guard count >= 0, count <= end - place else {
      isDamaged = true
      return []
    }
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for _ in 0..<count where !isDamaged { elements.append(body(&self)) }
    return elements
  }

  /// One of the values of a type, by its number; the first after damage.
  mutating func choice<Value: CaseIterable>(of type: Value.Type) -> Value
  where Value.AllCases == [Value] {
    let index = number()
    guard Value.allCases.indices.contains(index) else {
      isDamaged = true
      return Value.allCases[0]
    }
    return Value.allCases[index]
  }

  private mutating func block() -> Range<Int> {
    let count = number()
    guard count >= 0, count <= end - place else {
      isDamaged = true
      return place..<place
    }
    defer { place += count }
    return place..<(place + count)
  }
}
