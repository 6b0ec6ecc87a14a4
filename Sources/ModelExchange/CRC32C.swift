/// The cyclic redundancy check of Castagnoli, as iSCSI (RFC 3720) and TensorFlow's records have it.
public enum CRC32C {
  /// Of "123456789" it is 0xE3069283.
  public static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    let table = table
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      remainder = remainder >> 8 ^ table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)]
    }
    return ~remainder
  }

  /// The checksum as records keep it, turned and shifted so that a checksum of data that holds
  /// checksums stays a good one.
  public static func masked(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    let checksum = checksum(bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }

  /// The remainders of all bytes by the polynomial 0x1EDC6F41, its bits in reverse.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in
      rest & 1 == 1 ? rest >> 1 ^ 0x82F6_3B78 : rest >> 1
    }
  }
}
