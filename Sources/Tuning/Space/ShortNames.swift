/// The names of searched keys as short as they can be told apart: `hidden_layers[0]` of
/// `model.hidden_layers[0]`. A rate's start is the rate.
public struct ShortNames: Sendable {
  private let names: [String]

  public init(_ space: Space) {
    let paths = space.dimensions.map { dimension in
      let path = dimension.name.split(separator: ".").map(String.init)
      return path.count > 1 && path.last == "start" ? path.dropLast() : path[...]
    }
    names = paths.indices.map { index in
      for count in 1...max(1, paths[index].count) {
        let short = paths[index].suffix(count)
        let isAlone = paths.indices.allSatisfy { $0 == index || paths[$0].suffix(count) != short }
        // What says nothing by itself takes the key around it along.
        if isAlone, !Self.bare.contains(short.joined()) { return short.joined(separator: ".") }
      }
      return space.dimensions[index].name
    }
  }

  private static let bare: Set<String> = ["end", "type", "units", "scale", "norm", "size"]

  public subscript(index: Int) -> String { names[index] }
}
