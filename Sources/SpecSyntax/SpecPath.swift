/// The place of a value in a spec's structure: `training.batch_size`, `model.layers[1].units`.
public struct SpecPath: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  public let description: String

  /// The whole document.
  public static let root = SpecPath("")

  public init(_ description: String) { self.description = description }
  public init(stringLiteral value: String) { self.init(value) }

  /// The path of the entry `key` inside this mapping.
  public func key(_ key: String) -> SpecPath {
    SpecPath(description.isEmpty ? key : "\(description).\(key)")
  }

  /// The path of the item at `index`, counted from 0, inside this sequence.
  public func index(_ index: Int) -> SpecPath { SpecPath("\(description)[\(index)]") }

  /// The steps from the root: keys and indices in the order they are taken.
  public var steps: [Step] {
    var steps: [Step] = []
    for part in description.split(separator: ".") {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      if let key = pieces.first, !key.isEmpty { steps.append(.key(String(key))) }
      for piece in pieces.dropFirst() {
        if let index = Int(piece.dropLast()) { steps.append(.index(index)) }
      }
    }
    return steps
  }

  public enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
  }
}
