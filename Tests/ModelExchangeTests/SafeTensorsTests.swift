import ModelExchange
import Testing

@Suite struct SafeTensorsTests {
  static let files = [
    SafeTensors(tensors: []),
    SafeTensors(tensors: [.init(name: "a", shape: [], values: [1])]),
    SafeTensors(tensors: [.init(name: "none", shape: [3, 0], values: [])]),
    SafeTensors(
      tensors: [
        .init(name: "dense1.weight", shape: [2, 3], values: [1, -2, 3.5, 0, -0.0, 1e-38]),
        .init(name: "dense1.bias", shape: [2], values: [.infinity, -7]),
        .init(name: "empty", shape: [0], values: []),
      ],
      metadata: ["format": "plumb", "a \"quoted\"\nname": "back\\slash \u{1} ü 🙂"]),
  ]

  @Test("what is written reads back as it was", arguments: files)
  func roundTrip(file: SafeTensors) throws {
    #expect(try SafeTensors(decoding: file.encoded()) == file)
  }

  @Test("tensors start at a multiple of eight bytes", arguments: files)
  func alignment(file: SafeTensors) {
    let bytes = file.encoded()
    let floats = file.tensors.reduce(0) { $0 + $1.values.count }
    #expect((bytes.count - 4 * floats) % 8 == 0)
  }

  @Test("every shortened file is an error and none traps", arguments: files)
  func truncated(file: SafeTensors) {
    let bytes = file.encoded()
    for count in 0..<bytes.count {
      #expect(throws: SafeTensorsError.self, "\(count) bytes") {
        try SafeTensors(decoding: Array(bytes.prefix(count)))
      }
    }
  }

  @Test("no change of a header byte traps, and whatever is read fits its shape", arguments: files)
  func damaged(file: SafeTensors) {
    let bytes = file.encoded()
    let floats = file.tensors.reduce(0) { $0 + $1.values.count }
    for i in 0..<(bytes.count - 4 * floats) {
      for byte in [UInt8(0), 0x20, 0x2D, 0x39, 0x7D, 0xFF] {
        var changed = bytes
        changed[i] = byte
        guard let read = try? SafeTensors(decoding: changed) else { continue }
        #expect(read.tensors.allSatisfy { $0.shape.reduce(1, *) == $0.values.count })
      }
    }
  }

  @Test(
    "hostile headers are named",
    arguments: [
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#, "needs 4"),
      (#"{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}"#, "F16"),
      (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}"#, "shape"),
      (#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#, "shape"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "outside"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}"#, "outside"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "cover 4 of 8"),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
          + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "`b`"
      ),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "`a`"),
      (#"{"a":{"dtype":"F32","shape":[1e99],"data_offsets":[0,8]}}"#, "JSON"),
      (#"{"a":3}"#, "JSON"),
      (#"[1]"#, "`{`"),
    ])
  func hostile(header: String, words: String) {
    #expect(performing: {
      try SafeTensors(decoding: Self.file(header: header, floats: 2))
    }, throws: { error in
      (error as? SafeTensorsError)?.message.contains(words) == true
    })
  }

  @Test("a header length beyond the file is an error")
  func hugeLength() {
    let bytes = [UInt8](repeating: 0xFF, count: 8) + Array("{}".utf8)
    #expect(throws: SafeTensorsError.self) { try SafeTensors(decoding: bytes) }
  }

  @Test("the bytes are those of the format")
  func fixture() throws {
    let file = SafeTensors(tensors: [.init(name: "w", shape: [1, 2], values: [1, -2])])
    let header = #"{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#
    #expect(header.utf8.count == 56)
    #expect(
      file.encoded() == [56, 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + [
        0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0,
      ])
    let padded =
      #"{"__metadata__":{"k":"v"},"w":{"data_offsets":[0,4],"shape":[],"dtype":"F32"}}  "#
    let read = try SafeTensors(decoding: Self.file(header: padded, floats: 1))
    #expect(read == SafeTensors(
      tensors: [.init(name: "w", shape: [], values: [0])], metadata: ["k": "v"]))
  }

  /// A file with the header as given and zeros behind it.
  static func file(header: String, floats: Int) -> [UInt8] {
    [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8)
      + Array(repeating: 0, count: 4 * floats)
  }
}
