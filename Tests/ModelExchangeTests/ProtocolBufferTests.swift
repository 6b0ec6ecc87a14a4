import ModelExchange
import Testing

/// The examples of the format's own documentation, and values at the edges.
struct ProtocolBufferTests {
  @Test("a whole number takes seven bits a byte")
  func integers() {
    #expect(ProtocolBuffer { $0.append(1, integer: 150) }.bytes == [0x08, 0x96, 0x01])
    #expect(ProtocolBuffer { $0.append(1, integer: 0) }.bytes == [0x08, 0x00])
    let negative = ProtocolBuffer { $0.append(2, integer: -1) }.bytes
    #expect(negative == [0x10] + Array(repeating: 0xFF, count: 9) + [0x01])
  }

  @Test("a field's number may need more than one byte")
  func keys() {
    #expect(ProtocolBuffer { $0.append(16, integer: 1) }.bytes == [0x80, 0x01, 0x01])
  }

  @Test("texts and messages carry their length")
  func lengths() {
    let inner = ProtocolBuffer { $0.append(1, integer: 150) }
    #expect(
      ProtocolBuffer { $0.append(2, text: "testing") }.bytes
        == [0x12, 0x07] + Array("testing".utf8))
    #expect(
      ProtocolBuffer { $0.append(3, message: inner) }.bytes == [0x1A, 0x03, 0x08, 0x96, 0x01])
  }

  @Test("numbers with a point are little-endian")
  func floats() {
    #expect(ProtocolBuffer { $0.append(1, float: 1) }.bytes == [0x0D, 0, 0, 0x80, 0x3F])
    #expect(
      ProtocolBuffer { $0.append(1, double: 1) }.bytes == [0x09, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F])
  }

  @Test("repeated numbers are packed")
  func packed() {
    #expect(
      ProtocolBuffer { $0.append(4, packed: [3, 270, 86942]) }.bytes
        == [0x22, 0x06, 0x03, 0x8E, 0x02, 0x9E, 0xA7, 0x05])
    #expect(
      ProtocolBuffer { $0.append(4, packed: [Float(1)]) }.bytes == [0x22, 4, 0, 0, 0x80, 0x3F])
    #expect(
      ProtocolBuffer { $0.append(4, packed: [Double(1)]) }.bytes
        == [0x22, 8, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F])
  }
}
