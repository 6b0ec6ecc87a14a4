import Testing

@testable import Tables

@Suite("Features for embeddings")
struct EmbeddedFeatureTests {
  private func encoder(
    _ plan: FeaturePlan, _ text: String, rows: [Int]
  ) throws -> (FeatureEncoder, Table) {
    let table = try table(text)
    return (try FeatureEncoder.fit([plan], to: table, rows: rows), table)
  }

  private static func numbers(_ values: [String]) -> String {
    // A second column, because a line without any character is no row.
    "x,y\n" + values.map { $0 + ",1\n" }.joined()
  }

  @Test("smooth clipping keeps small numbers, their order, and all within three")
  func smoothClip() {
    let values = (0...100).map { Double($0) }
    let fit = NumericFit(values, impute: .median, scale: .none, clip: .smooth)
    #expect(abs(fit.scaled(0.1) - 0.1) < 1e-4)
    // Of Holzmüller et al. 2024: x / √(1 + (x/3)²).
    #expect(abs(fit.scaled(4) - 4 / (1 + 16.0 / 9).squareRoot()) < 1e-12)
    #expect(fit.scaled(1e300) <= 3 && fit.scaled(-1e300) >= -3)
    for (low, high) in [(-5.0, -4.0), (0, 1), (10, 11), (58.9, 60)] {
      #expect(fit.scaled(low) < fit.scaled(high))
    }
  }

  @Test("bins hold equally many training values and tell the place in a bin")
  func bins() throws {
    let plan = FeaturePlan(column: "x", kind: .numeric, scale: .none, form: .bins(4))
    let text = Self.numbers((0...8).map(String.init) + ["3.5", "-2", "12", ""])
    let (encoder, table) = try encoder(plan, text, rows: Array(0...8))
    #expect(encoder.width == 4 && encoder.inputNames[0] == "x.bin1")
    func inputs(_ row: Int) throws -> [Float] { try encoder.encode(table, rows: [row], stride: 4) }
    #expect(try inputs(0) == [0, 0, 0, 0])
    #expect(try inputs(3) == [1, 0.5, 0, 0])
    #expect(try inputs(9) == [1, 0.75, 0, 0])
    #expect(try inputs(8) == [1, 1, 1, 1])
    // Beyond the training values the outer bins go on.
    #expect(try inputs(10) == [-1, 0, 0, 0])
    #expect(try inputs(11) == [1, 1, 1, 3])
    // A missing number is its median, 4.
    #expect(try inputs(12) == [1, 1, 0, 0])
  }

  @Test("equal quantiles make one bin, and a constant none; the room for others stays zero")
  func fewBins() throws {
    let plan = FeaturePlan(column: "x", kind: .numeric, scale: .none, form: .bins(4), room: 4)
    let two = try encoder(
      plan, Self.numbers(["1", "1", "1", "1", "2"]), rows: Array(0..<5))
    #expect(two.0.width == 4)
    #expect(two.0.inputNames == ["x.bin1", "x=(unused)", "x=(unused)", "x=(unused)"])
    #expect(try two.0.encode(two.1, rows: [4], stride: 4) == [1, 0, 0, 0])
    let none = try encoder(plan, Self.numbers(["7", "7", "8"]), rows: [0, 1])
    #expect(try none.0.encode(none.1, rows: [2], stride: 4) == [0, 0, 0, 0])
  }

  @Test("bins of scaled and clipped numbers are those of the numbers themselves")
  func scaledBins() throws {
    let text = Self.numbers((0..<40).map { "\($0 * $0)" })
    func inputs(_ scale: FeaturePlan.Scale, _ clip: FeaturePlan.Clip) throws -> [Float] {
      let plan = FeaturePlan(
        column: "x", kind: .numeric, scale: scale, clip: clip, form: .bins(6))
      let (encoder, table) = try encoder(plan, text, rows: Array(0..<40))
      return try encoder.encode(table, rows: Array(0..<40), stride: 6)
    }
    let plain = try inputs(.none, .none)
    for scale in [FeaturePlan.Scale.standard, .robust, .minMax] {
      for (a, b) in zip(plain, try inputs(scale, .none)) { #expect(abs(a - b) < 1e-4) }
      // Within a bin a clipped number lies elsewhere, but in the same bin.
      for (a, b) in zip(plain, try inputs(scale, .smooth)) {
        #expect((a <= 0) == (b <= 0) && (a >= 1) == (b >= 1))
      }
    }
  }

  @Test(
    "the number of a level leaves room for what training has not seen",
    arguments: FeaturePlan.Unknown.allCases)
  func indices(unknown: FeaturePlan.Unknown) throws {
    let text = "color,y\nred,1\nblue,2\nred,3\n,4\ngreen,5\n"
    let rows = unknown == .error ? [0, 1, 2, 3] : [0, 1, 2, 3, 4]
    let levels = unknown == .ownLevel ? 4 : 3
    let plan = FeaturePlan(
      column: "color", kind: .category, unknown: unknown, form: .index(levels: levels), room: 1)
    let (encoder, table) = try encoder(plan, text, rows: [0, 1, 2])
    let inputs = try encoder.encode(table, rows: rows, stride: 1)
    switch unknown {
    case .ownLevel: #expect(inputs == [2, 1, 2, 0, 0])
    case .zeros: #expect(inputs == [1, 0, 1, -1, -1])
    case .error:
      #expect(inputs == [1, 0, 1, -1])
      #expect(throws: TableError.self) { try encoder.encode(table, rows: [4], stride: 1) }
    }
    #expect(encoder.indexPlaces == [0: levels] && encoder.inputNames == ["color"])
    #expect(try throughJSON(encoder) == encoder)
  }

  @Test("kept room fixes the place of every input before anything is fitted")
  func room() throws {
    let text = "color,size\nred,1\nblue,2\ngreen,3\n"
    let table = try table(text)
    let profile = DataProfile(of: table)
    let plans = [
      FeaturePlan(column: "color", kind: .category), FeaturePlan(column: "size", kind: .numeric),
    ].map { plan in
      var plan = plan
      plan.room = profile.column(plan.column).map { FeatureEncoder.width(of: plan, column: $0) }
      return plan
    }
    let encoder = try FeatureEncoder.fit(plans, to: table, rows: [0, 1])
    #expect(encoder.width == FeatureEncoder.width(of: plans, profile: profile))
    #expect(
      encoder.inputNames == [
        "color=blue", "color=red", "color=(other)", "color=(unused)", "size",
      ])
    #expect(try encoder.encode(table, rows: [2], stride: 5) == [0, 0, 1, 0, 3])
  }
}
