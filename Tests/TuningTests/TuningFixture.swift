import Foundation
import TestSupport

/// Numbers that other programs computed.
enum TuningFixture {
  static func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let path = Repository.path("Tests/Fixtures/tuning/\(name)")
    return try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
