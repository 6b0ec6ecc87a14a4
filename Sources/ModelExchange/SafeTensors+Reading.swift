#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SafeTensors {
  /// The longest header that is read, as the format's own library bounds it.
  static let maximumHeaderBytes = 100_000_000

  /// Reads a safetensors file whose tensors are all 32-bit floats.
  ///
  /// Every number is checked before it is used: lengths against the bytes there are, shapes
  /// against ranges, and ranges against each other, so that they cover the data exactly once.
  public init(decoding bytes: [UInt8]) throws(SafeTensorsError) {
    guard bytes.count >= 8 else {
      throw SafeTensorsError("it has \(bytes.count) bytes, fewer than the eight of a header length")
    }
    let announced = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard announced <= UInt64(bytes.count - 8), announced <= UInt64(Self.maximumHeaderBytes) else {
      throw SafeTensorsError(
        "its header length of \(announced) bytes goes beyond its \(bytes.count) bytes")
    }
    let start = 8 + Int(announced)
    guard announced > 0, bytes[8] == UInt8(ascii: "{") else {
      throw SafeTensorsError("its header does not start with `{`")
    }
    let header = try Header(decoding: bytes[8..<start])
    tensors = try header.tensors(in: bytes[start...])
    metadata = header.metadata
  }
}

/// The JSON header of a file as it was written, not yet believed.
private struct Header: Decodable {
  struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  var entries: [(name: String, entry: Entry)] = []
  var metadata: [String: String] = [:]

  init(decoding bytes: ArraySlice<UInt8>) throws(SafeTensorsError) {
    do {
      self = try JSONDecoder().decode(Header.self, from: Data(bytes))
    } catch {
      throw SafeTensorsError("its header is not the JSON of a safetensors file")
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    for key in container.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        entries.append((key.stringValue, try container.decode(Entry.self, forKey: key)))
      }
    }
  }

  /// The tensors in the order of their bytes.
  func tensors(in data: ArraySlice<UInt8>) throws(SafeTensorsError) -> [SafeTensors.Tensor] {
    var ranges: [(name: String, shape: [Int], range: Range<Int>)] = []
    for (name, entry) in entries {
      ranges.append((name, entry.shape, try range(of: entry, named: name, within: data.count)))
    }
    ranges.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.name)
        < ($1.range.lowerBound, $1.range.upperBound, $1.name)
    }
    var end = 0
    for (name, _, range) in ranges {
      guard range.lowerBound == end else {
        throw SafeTensorsError("the bytes of `\(name)` do not start where the ones before end")
      }
      end = range.upperBound
    }
    guard end == data.count else {
      throw SafeTensorsError("its tensors cover \(end) of \(data.count) bytes")
    }
    return ranges.map { name, shape, range in
      let first = data.startIndex + range.lowerBound
      let values = floats(data[first..<(first + range.count)])
      return SafeTensors.Tensor(name: name, shape: shape, values: values)
    }
  }

  /// The bytes of one tensor, if its numbers agree with each other and with the data.
  private func range(
    of entry: Entry, named name: String, within byteCount: Int
  ) throws(SafeTensorsError) -> Range<Int> {
    guard entry.dtype == "F32" else {
      throw SafeTensorsError("`\(name)` has the type \(entry.dtype); only F32 can be read")
    }
    // A size of 0 makes the tensor empty, whatever the other sizes are.
    var count = entry.shape.contains(0) ? 0 : 1
    for size in entry.shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflows, product <= byteCount / 4 else {
        throw SafeTensorsError("the shape of `\(name)` is larger than the data")
      }
      count = product
    }
    guard entry.data_offsets.count == 2, entry.data_offsets[0] >= 0,
      entry.data_offsets[0] <= entry.data_offsets[1], entry.data_offsets[1] <= byteCount
    else {
      throw SafeTensorsError("the bytes of `\(name)` lie outside the data")
    }
    let range = entry.data_offsets[0]..<entry.data_offsets[1]
    guard range.count == 4 * count else {
      throw SafeTensorsError(
        "`\(name)` has \(range.count) bytes where its shape needs \(4 * count)")
    }
    return range
  }
}

/// Little-endian bytes as floats.
private func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
  var values: [Float] = []
  values.reserveCapacity(bytes.count / 4)
  for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
    var pattern: UInt32 = 0
    for i in (0..<4).reversed() { pattern = pattern << 8 | UInt32(bytes[start + i]) }
    values.append(Float(bitPattern: pattern))
  }
  return values
}
