import Testing

@testable import Tables

@Suite("SHA-256")
struct SHA256Tests {
  private func digest(_ bytes: [UInt8], pieces: Int, isPortable: Bool = false) -> String {
    var digest = SHA256(isPortable: isPortable)
    var rest = bytes[...]
    while !rest.isEmpty {
      digest.add(rest.prefix(pieces))
      rest = rest.dropFirst(pieces)
    }
    return digest.hexDigest()
  }

  // The examples of FIPS 180-4 and of its announcement.
  @Test("gives the published digests", arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func published(text: String, expected: String) {
    for isPortable in [false, true] {
      #expect(digest(Array(text.utf8), pieces: 1_000_000, isPortable: isPortable) == expected)
    }
  }

  @Test("does not depend on how the bytes come", arguments: [1, 3, 63, 64, 65, 100])
  func pieces(size: Int) {
    for count in [0, 1, 55, 56, 63, 64, 119, 120, 128, 300] {
      let bytes = (0..<count).map { UInt8($0 % 251) }
      #expect(digest(bytes, pieces: size) == digest(bytes, pieces: 1_000, isPortable: true))
    }
  }
}
