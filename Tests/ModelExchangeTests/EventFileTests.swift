import Testing

@testable import ModelExchange

@Suite("event files")
struct EventFileTests {
  private static let checksums: [([UInt8], UInt32)] = [
    (Array("123456789".utf8), 0xE306_9283), ([], 0),
    (Array(repeating: 0, count: 32), 0x8A91_36AA),
    (Array(repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E),
  ]

  @Test("checksums are those of RFC 3720", arguments: checksums)
  func checksum(bytes: [UInt8], value: UInt32) { #expect(CRC32C.checksum(bytes[...]) == value) }

  private func file(epochs: Int) -> [UInt8] {
    var file = EventFile(wallTime: 1000)
    file.append(hyperparameters: [("training.seed", .number(42))], wallTime: 1000)
    for epoch in 1...epochs {
      file.append([("loss/training", 1 / Double(epoch))], step: epoch, wallTime: 1000)
    }
    return file.bytes
  }

  @Test("a file begins with its version, to the byte as TensorFlow writes it")
  func beginning() {
    let bytes = EventFile(wallTime: 0).bytes
    #expect(bytes.prefix(8) == [24, 0, 0, 0, 0, 0, 0, 0])
    #expect(Array(bytes[12..<36]) == [9] + Array(repeating: 0, count: 8) + [26, 13]
      + Array("brain.Event:2".utf8))
    #expect(bytes.count == 40)
  }

  @Test("scalars are the messages of event.proto, whatever their lengths", arguments: [1, 127, 128, 300])
  func scalars(length: Int) {
    let tag = String(repeating: "t", count: length)
    let value = ProtocolBuffer {
      $0.append(1, text: tag)
      $0.append(2, float: 0.5)
    }
    let summary = ProtocolBuffer {
      $0.append(1, message: value)
      $0.append(1, message: value)
    }
    let event = ProtocolBuffer {
      $0.append(1, double: 7)
      $0.append(2, integer: 1 << 40)
      $0.append(5, message: summary)
    }
    var file = EventFile()
    file.append([(tag, 0.5), (tag, 0.5)], step: 1 << 40, wallTime: 7)
    #expect(Array(file.bytes[12..<(file.bytes.count - 4)]) == event.bytes)
  }

  @Test("what was taken is written once, and the same calls give the same bytes")
  func taking() {
    var file = EventFile(wallTime: 1)
    let first = file.take()
    file.append([("a", 1)], step: 1, wallTime: 1)
    let second = file.take()
    #expect(file.take().isEmpty)
    var whole = EventFile(wallTime: 1)
    whole.append([("a", 1)], step: 1, wallTime: 1)
    #expect(whole.bytes == first + second)
  }

  @Test("of a file that is cut off anywhere, or of later epochs, the whole records count")
  func whole() {
    let bytes = file(epochs: 5)
    let ends = (1...5).map { file(epochs: $0).count }
    #expect(EventFile.wholeBytes(of: bytes, upTo: 9) == bytes.count)
    for epochs in 1...5 {
      #expect(EventFile.wholeBytes(of: bytes, upTo: epochs) == ends[epochs - 1])
    }
    for count in ends[2]..<ends[3] {
      #expect(EventFile.wholeBytes(of: Array(bytes.prefix(count)), upTo: 9) == ends[2])
    }
    var damaged = bytes
    damaged[ends[1] + 13] ^= 1
    #expect(EventFile.wholeBytes(of: damaged, upTo: 9) == ends[1])
    for index in 0..<200 where index < bytes.count {
      var changed = bytes
      changed[index] = 0xFF
      _ = EventFile.wholeBytes(of: changed, upTo: 9)
    }
  }
}
