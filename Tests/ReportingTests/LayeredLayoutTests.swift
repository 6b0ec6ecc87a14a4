import Testing

@testable import Reporting
@testable import Tensors

@Suite("boxes in layers")
struct LayeredLayoutTests {
  /// A graph with boxes of all sizes, whose arrows lead from earlier boxes to later ones.
  private func random(seed: UInt64) -> (LayeredLayout, [GraphPicture.Arrow]) {
    var source = RandomSource(seed: seed)
    let count = 2 + Int(source.next() % 24)
    let sizes = (0..<count).map { _ in
      (width: 40 + Double(source.next() % 200), height: 30 + Double(source.next() % 60))
    }
    var arrows: [GraphPicture.Arrow] = []
    for box in 1..<count {
      for _ in 0..<(1 + Int(source.next() % 3)) {
        let arrow = GraphPicture.Arrow(from: Int(source.next() % UInt64(box)), to: box)
        if !arrows.contains(arrow) { arrows.append(arrow) }
      }
    }
    return (LayeredLayout(sizes: sizes, arrows: arrows), arrows)
  }

  @Test("no two boxes overlap, and all lie within the drawing", arguments: 1...60 as ClosedRange<UInt64>)
  func boxes(seed: UInt64) {
    let (layout, _) = random(seed: seed)
    for (index, a) in layout.places.enumerated() {
      #expect(a.x - a.width / 2 >= -1e-6 && a.x + a.width / 2 <= layout.width + 1e-6, "seed \(seed)")
      #expect(a.top >= 0 && a.top + a.height <= layout.height + 1e-6, "seed \(seed)")
      for b in layout.places[..<index] {
        let apart =
          abs(a.x - b.x) >= (a.width + b.width) / 2 - 1e-6
          || a.top >= b.top + b.height || b.top >= a.top + a.height
        #expect(apart, "seed \(seed)")
      }
    }
  }

  @Test("arrows go down and pass no box", arguments: 1...60 as ClosedRange<UInt64>)
  func arrows(seed: UInt64) {
    let (layout, arrows) = random(seed: seed)
    for (index, arrow) in arrows.enumerated() {
      let points = layout.points(ofArrow: index)
      #expect(zip(points, points.dropFirst()).allSatisfy { $0.y <= $1.y + 1e-6 }, "seed \(seed)")
      let (start, end) = (layout.places[arrow.from], layout.places[arrow.to])
      #expect(abs(points[0].y - (start.top + start.height)) < 1e-6)
      #expect(abs(points[points.count - 1].y - end.top) < 1e-6)
      // Between layers there are no boxes; within them an arrow is one upright line.
      for (upper, lower) in zip(points, points.dropFirst()) where upper.x == lower.x {
        for (box, place) in layout.places.enumerated() where box != arrow.from && box != arrow.to {
          let beside = abs(upper.x - place.x) >= place.width / 2
          let apart = lower.y <= place.top + 1e-6 || upper.y >= place.top + place.height - 1e-6
          #expect(beside || apart, "seed \(seed)")
        }
      }
    }
  }

  @Test("a chain is one straight line")
  func chain() {
    let sizes = [(100.0, 40.0), (180.0, 60.0), (60.0, 40.0)]
    let layout = LayeredLayout(
      sizes: sizes.map { (width: $0.0, height: $0.1) },
      arrows: [.init(from: 0, to: 1), .init(from: 1, to: 2)])
    #expect(Set(layout.places.map(\.x)) == [90])
    #expect(layout.width == 180)
  }
}
