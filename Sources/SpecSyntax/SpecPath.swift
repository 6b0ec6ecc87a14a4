/// The place of a value in a spec's structure: `training.batch_size`, `model.layers[1].units`.
///
/// A key that is not a plain word is quoted: `data.features."AirTemperature[K]"`.
public struct SpecPath: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  public enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
  }

  /// The steps from the root: keys and indices in the order they are taken.
  public let steps: [Step]

  /// The whole document.
  public static let root = SpecPath(steps: [])

  public init(steps: [Step]) { self.steps = steps }
  public init(stringLiteral value: String) { self.init(value) }

  /// Reads the form that `description` writes.
  public init(_ description: String) {
    let (dot, bracket, close, quote) = (UInt8(0x2E), UInt8(0x5B), UInt8(0x5D), UInt8(0x22))
    let text = Array(description.utf8)
    var place = 0
    func take(until isEnd: (UInt8) -> Bool) -> String {
      let start = min(place, text.count)
      while place < text.count, !isEnd(text[place]) { place += 1 }
      return String(decoding: text[start..<max(start, place)], as: UTF8.self)
    }
    var steps: [Step] = []
    while place < text.count {
      switch text[place] {
      case dot:
        place += 1
      case bracket:
        place += 1
        let digits = take { $0 == close }
        place += 1
        steps.append(Int(digits).map(Step.index) ?? .key(digits))
      case quote:
        place += 1
        steps.append(.key(take { $0 == quote }))
        place += 1
      default:
        steps.append(.key(take { $0 == dot || $0 == bracket }))
      }
    }
    self.steps = steps
  }

  /// The path of the entry `key` inside this mapping.
  public func key(_ key: String) -> SpecPath { SpecPath(steps: steps + [.key(key)]) }

  /// The path of the item at `index`, counted from 0, inside this sequence.
  public func index(_ index: Int) -> SpecPath { SpecPath(steps: steps + [.index(index)]) }

  /// The path of what holds this value; the root holds itself.
  public var parent: SpecPath { SpecPath(steps: Array(steps.dropLast())) }

  /// Whether this path lies at `other` or below it.
  public func isWithin(_ other: SpecPath) -> Bool {
    guard steps.count >= other.steps.count else { return false }
    // Paths differ most often in their last steps.
    for index in other.steps.indices.reversed() where steps[index] != other.steps[index] {
      return false
    }
    return true
  }

  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key):
        let isPlain = !key.isEmpty && !key.utf8.contains { ".[]\" ".utf8.contains($0) }
        text += (text.isEmpty ? "" : ".") + (isPlain ? key : "\"\(key)\"")
      }
    }
    return text
  }
}
