internal import Tables

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A login in which neither side shows the password: SCRAM-SHA-256 (RFC 5802, RFC 7677).
struct SCRAM {
  private let password: String
  private let nonce: String
  private var signature: [UInt8] = []

  /// - Parameter nonce: printable characters without a comma that are used once.
  init(password: String, nonce: String) { (self.password, self.nonce) = (password, nonce) }

  /// Eighteen random bytes as text.
  static func randomNonce() -> String {
    var source = SystemRandomNumberGenerator()
    let bytes = (0..<18).map { _ in UInt8.random(in: 0...255, using: &source) }
    return Data(bytes).base64EncodedString()
  }

  /// What is sent first. The server knows the user already.
  var first: String { "n,,n=,r=\(nonce)" }

  /// The answer to the server's challenge; nil if that is none.
  mutating func answer(to challenge: String) -> String? {
    let fields = Self.fields(challenge)
    guard let joined = fields["r"], joined.hasPrefix(nonce), joined != nonce,
      let salt = fields["s"].flatMap({ Data(base64Encoded: $0) }),
      let rounds = fields["i"].flatMap({ Int($0) }), (1...10_000_000).contains(rounds)
    else { return nil }
    let salted = Self.derived(Array(password.utf8), salt: Array(salt), rounds: rounds)
    let client = Self.hmac(salted, Array("Client Key".utf8))
    let stored = sha256Digest(client)
    let plain = "c=biws,r=\(joined)"
    let message = Array("n=,r=\(nonce),\(challenge),\(plain)".utf8)
    let proof = zip(client, Self.hmac(stored, message)).map { $0 ^ $1 }
    signature = Self.hmac(Self.hmac(salted, Array("Server Key".utf8)), message)
    return "\(plain),p=\(Data(proof).base64EncodedString())"
  }

  /// Whether the server has shown that it knows the password too.
  func isServer(_ last: String) -> Bool {
    Self.fields(last)["v"] == Data(signature).base64EncodedString()
  }

  private static func fields(_ message: String) -> [String: String] {
    var result: [String: String] = [:]
    for part in message.split(separator: ",") where part.dropFirst().first == "=" {
      result[String(part.prefix(1))] = String(part.dropFirst(2))
    }
    return result
  }

  /// HMAC with SHA-256 (RFC 2104).
  static func hmac(_ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
    let short = key.count > 64 ? sha256Digest(key) : key
    let block = short + [UInt8](repeating: 0, count: 64 - short.count)
    return sha256Digest(block.map { $0 ^ 0x5C } + sha256Digest(block.map { $0 ^ 0x36 } + message))
  }

  /// PBKDF2 of one block (RFC 8018).
  static func derived(_ password: [UInt8], salt: [UInt8], rounds: Int) -> [UInt8] {
    var last = hmac(password, salt + [0, 0, 0, 1])
    var result = last
    for _ in 1..<rounds {
      last = hmac(password, last)
      for index in result.indices { result[index] ^= last[index] }
    }
    return result
  }
}
