internal import CText

/// The SHA-256 of bytes that come in pieces (FIPS 180-4).
struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var rest: [UInt8] = []
  private var count = 0
  private let isPortable: Bool

  /// - Parameter isPortable: whether to leave aside what only some processors have.
  init(isPortable: Bool = false) { self.isPortable = isPortable }

  /// Takes in the bytes that follow.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    count += bytes.count
    var start = bytes.startIndex
    if !rest.isEmpty {
      let taken = min(64 - rest.count, bytes.count)
      rest += bytes.prefix(taken)
      start += taken
      guard rest.count == 64 else { return }
      take(rest[...])
      rest = []
    }
    let whole = (bytes.endIndex - start) / 64 * 64
    take(bytes[start..<start + whole])
    rest = Array(bytes[(start + whole)...])
  }

  /// The digest of all bytes, as 64 hexadecimal digits.
  mutating func hexDigest() -> String {
    digest().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0\(digits)" : digits
    }.joined()
  }

  /// The digest of all bytes, as 32 bytes.
  mutating func digest() -> [UInt8] {
    let bits = UInt64(count) * 8
    let padding = (119 - count % 64) % 64 + 1
    var tail: [UInt8] = [0x80] + [UInt8](repeating: 0, count: padding - 1)
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    add(tail[...])
    return state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  /// Mixes in bytes that are whole blocks of 64.
  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress, bytes.count >= 64 else { return }
      unsafe state.withUnsafeMutableBufferPointer { state in
        guard let words = state.baseAddress else { return }
        if isPortable {
          unsafe plumb_sha256_portable(words, start, bytes.count / 64)
        } else {
          unsafe plumb_sha256(words, start, bytes.count / 64)
        }
      }
    }
  }
}

/// The size of a file and the SHA-256 of its bytes as they lie on the disk.
public struct FileDigest: Sendable, Codable, Hashable {
  public var bytes: Int
  /// 64 hexadecimal digits.
  public var sha256: String

  public init(bytes: Int, sha256: String) {
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// Reads a regular file once, piece by piece.
  public init(of path: String, maximumBytes: Int) throws(TableError) {
    let file = try OpenFile(path: path, maximumBytes: maximumBytes)
    var digest = SHA256()
    var buffer = [UInt8](repeating: 0, count: min(1_048_576, file.count))
    var place = 0
    while place < file.count {
      let piece = min(buffer.count, file.count - place)
      try file.read(place..<place + piece, into: &buffer, at: 0)
      digest.add(buffer[..<piece])
      place += piece
    }
    bytes = file.count
    sha256 = digest.hexDigest()
  }
}

/// The SHA-256 of bytes, as 64 hexadecimal digits.
public func sha256(_ bytes: [UInt8]) -> String {
  var digest = SHA256()
  digest.add(bytes[...])
  return digest.hexDigest()
}

/// The SHA-256 of bytes, as 32 bytes.
public func sha256Digest(_ bytes: [UInt8]) -> [UInt8] {
  var digest = SHA256()
  digest.add(bytes[...])
  return digest.digest()
}
