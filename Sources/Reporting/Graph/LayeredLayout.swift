/// Places of boxes in layers from above, so that arrows go down and cross little.
///
/// After Sugiyama, Tagawa and Toda (1981): layers by the longest way from above, a point in each
/// layer that an arrow passes, the order of each layer by the mean place of its neighbours, and
/// places as near to the neighbours' mean as the order and the gaps allow.
struct LayeredLayout {
  /// A box, or a point where an arrow passes a layer.
  private struct Item {
    /// Nil for a point of an arrow.
    var box: Int?
    var layer: Int
    var width: Double
    var above: [Int] = []
    var below: [Int] = []
    /// The middle.
    var x = 0.0
  }

  struct Place: Sendable, Equatable {
    /// The middle of the box.
    var x: Double
    var top: Double
    var width: Double
    var height: Double
  }

  private static let gapBetween = 24.0
  private static let gapBelow = 34.0
  private static let pointWidth = 14.0

  private var items: [Item] = []
  private var layers: [[Int]] = []
  private let sizes: [(width: Double, height: Double)]
  /// For each arrow, its items from the first box to the last.
  private var paths: [[Int]] = []

  private(set) var places: [Place] = []
  private(set) var width = 0.0
  private(set) var height = 0.0
  /// Where each layer begins and ends.
  private var bands: [ClosedRange<Double>] = []

  /// - Parameters:
  ///   - sizes: of the boxes, each of which comes after those that arrows lead from.
  init(sizes: [(width: Double, height: Double)], arrows: [GraphPicture.Arrow]) {
    self.sizes = sizes
    divide(arrows)
    order()
    position()
    measure()
  }

  /// The points of an arrow: where it leaves, the ends of each layer it passes, where it arrives.
  func points(ofArrow index: Int) -> [(x: Double, y: Double)] {
    let path = paths[index]
    guard let first = path.first, let last = path.last else { return [] }
    var points = [(port(of: first, to: path[1], isLeaving: true), bottom(first))]
    for item in path.dropFirst().dropLast() {
      let band = bands[items[item].layer]
      points.append((items[item].x, band.lowerBound))
      points.append((items[item].x, band.upperBound))
    }
    points.append((port(of: last, to: path[path.count - 2], isLeaving: false), top(last)))
    return points
  }

  private func top(_ item: Int) -> Double { items[item].box.map { places[$0].top } ?? 0 }

  private func bottom(_ item: Int) -> Double {
    items[item].box.map { places[$0].top + places[$0].height } ?? 0
  }

  /// Where an arrow meets the edge of a box: several share its middle half, in the order of their
  /// other ends.
  private func port(of item: Int, to other: Int, isLeaving: Bool) -> Double {
    let others = isLeaving ? items[item].below : items[item].above
    let order = others.sorted { (items[$0].x, $0) < (items[$1].x, $1) }
    guard order.count > 1, let rank = order.firstIndex(of: other) else { return items[item].x }
    let share = Double(rank + 1) / Double(order.count + 1) - 0.5
    return items[item].x + share * items[item].width / 2
  }
}

extension LayeredLayout {
  /// Puts boxes into layers and points onto long arrows.
  private mutating func divide(_ arrows: [GraphPicture.Arrow]) {
    var depths = sizes.map { _ in 0 }
    for arrow in arrows.sorted(by: { $0.to < $1.to }) {
      depths[arrow.to] = max(depths[arrow.to], depths[arrow.from] + 1)
    }
    items = sizes.indices.map { Item(box: $0, layer: depths[$0], width: sizes[$0].width) }
    for arrow in arrows {
      var path = [arrow.from]
      for layer in (depths[arrow.from] + 1)..<max(depths[arrow.to], depths[arrow.from] + 1) {
        items.append(Item(box: nil, layer: layer, width: Self.pointWidth))
        path.append(items.count - 1)
      }
      path.append(arrow.to)
      for (upper, lower) in zip(path, path.dropFirst()) {
        items[upper].below.append(lower)
        items[lower].above.append(upper)
      }
      paths.append(path)
    }
    layers = Array(repeating: [], count: (items.map(\.layer).max() ?? -1) + 1)
    for index in items.indices { layers[items[index].layer].append(index) }
  }

  /// Orders each layer by the mean rank of its neighbours, down and up, and keeps the order with
  /// the fewest crossings.
  private mutating func order() {
    var best = layers
    var fewest = crossings()
    for round in 0..<8 where fewest > 0 {
      let isDown = round % 2 == 0
      let indices = Array(layers.indices)
      for layer in isDown ? indices : indices.reversed() { sort(layer, byAbove: isDown) }
      let count = crossings()
      if count < fewest { (fewest, best) = (count, layers) }
    }
    layers = best
  }

  private mutating func sort(_ layer: Int, byAbove: Bool) {
    let ranks = self.ranks
    let keys = layers[layer].map { item -> (Double, Int) in
      let others = byAbove ? items[item].above : items[item].below
      guard !others.isEmpty else { return (Double(ranks[item]), ranks[item]) }
      return (others.reduce(0) { $0 + Double(ranks[$1]) } / Double(others.count), ranks[item])
    }
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    layers[layer] = order.map { layers[layer][$0] }
  }

  /// The place of each item in its layer.
  private var ranks: [Int] {
    var ranks = items.map { _ in 0 }
    for layer in layers { for (rank, item) in layer.enumerated() { ranks[item] = rank } }
    return ranks
  }

  /// How many pairs of arrows cross.
  private func crossings() -> Int {
    let ranks = self.ranks
    var count = 0
    for layer in layers {
      var ends: [Int] = []
      for item in layer {
        let own = items[item].below.map { ranks[$0] }
        for rank in own { count += ends.count { $0 > rank } }
        ends += own
      }
    }
    return count
  }
}

extension LayeredLayout {
  /// Moves items towards the mean of their neighbours, which straightens arrows.
  private mutating func position() {
    for layer in layers {
      var left = 0.0
      for item in layer {
        items[item].x = left + items[item].width / 2
        left += items[item].width + Self.gapBetween
      }
    }
    for round in 0..<12 {
      let isDown = round % 2 == 0
      for layer in isDown ? layers : layers.reversed() {
        let wanted = layer.map { item -> Double in
          let others = isDown ? items[item].above : items[item].below
          guard !others.isEmpty else { return items[item].x }
          return others.reduce(0) { $0 + items[$1].x } / Double(others.count)
        }
        place(layer, near: wanted)
      }
    }
  }

  /// The places nearest to those that are wanted, by the sum of squares, with all gaps kept.
  ///
  /// Less the room that those before need, the places must not fall: neighbours that would are
  /// pooled at their mean (isotonic regression).
  private mutating func place(_ layer: [Int], near wanted: [Double]) {
    var room = 0.0
    var offsets: [Double] = []
    for (index, item) in layer.enumerated() {
      if index > 0 { room += (items[layer[index - 1]].width + items[item].width) / 2 }
      offsets.append(room + Double(index) * Self.gapBetween)
    }
    var pools: [(sum: Double, count: Int)] = []
    for (index, place) in wanted.enumerated() {
      pools.append((place - offsets[index], 1))
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
        pools.removeLast(2)
        pools.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let means = pools.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
    for (index, item) in layer.enumerated() { items[item].x = means[index] + offsets[index] }
  }

  /// Moves everything to the origin and gives each layer its height.
  private mutating func measure() {
    let left = items.map { $0.x - $0.width / 2 }.min() ?? 0
    for index in items.indices { items[index].x -= left }
    width = items.map { $0.x + $0.width / 2 }.max() ?? 0
    var top = 0.0
    for layer in layers {
      let tallest = layer.compactMap { items[$0].box.map { sizes[$0].height } }.max() ?? 0
      bands.append(top...(top + tallest))
      top += tallest + Self.gapBelow
    }
    height = max(0, top - Self.gapBelow)
    places = sizes.indices.map { box in
      let band = bands[items[box].layer]
      let spare = band.upperBound - band.lowerBound - sizes[box].height
      return Place(
        x: items[box].x, top: band.lowerBound + spare / 2, width: sizes[box].width,
        height: sizes[box].height)
    }
  }
}
