import Testing

@testable import Tables

@Suite("Feature encoding")
struct FeatureEncoderTests {
  static let text = """
    size,color,open,day
    1,red,yes,2019-01-02 10:00:00
    2,blue,no,2019-01-03 11:00:00
    ,red,,2019-02-04 12:00:00
    100,,no,
    5,green,yes,2019-02-06 10:00:00

    """

  static func plans(
    impute: FeaturePlan.Impute = .median, scale: FeaturePlan.Scale = .standard,
    unknown: FeaturePlan.Unknown = .ownLevel
  ) -> [FeaturePlan] {
    [("size", FeaturePlan.Kind.numeric), ("color", .category), ("open", .boolean), ("day", .date)]
      .map {
        FeaturePlan(column: $0.0, kind: $0.1, impute: impute, scale: scale, unknown: unknown)
      }
  }

  @Test(
    "an encoder gives the same finite inputs after a round trip through JSON",
    arguments: FeaturePlan.Scale.allCases, FeaturePlan.Impute.allCases)
  func json(scale: FeaturePlan.Scale, impute: FeaturePlan.Impute) throws {
    let table = try table(Self.text)
    let rows = Array(0..<table.rowCount)
    let plans = Self.plans(impute: impute, scale: scale)
    let encoder = try FeatureEncoder.fit(plans, to: table, rows: rows)
    let inputs = try encoder.encode(table, rows: rows, stride: 16)
    #expect(try throughJSON(encoder).encode(table, rows: rows, stride: 16) == inputs)
    #expect(inputs.allSatisfy { $0.isFinite })
    #expect(inputs.count == 16 * rows.count)
    for row in rows {
      #expect(inputs[16 * row + encoder.width..<16 * row + 16].allSatisfy { $0 == 0 })
    }
  }

  @Test("the width told from the profile is the fitted one, and each input has a name")
  func width() throws {
    let table = try table(Self.text)
    let profile = DataProfile(of: table)
    for unknown in FeaturePlan.Unknown.allCases {
      let plans = Self.plans(unknown: unknown)
      let encoder = try FeatureEncoder.fit(plans, to: table, rows: Array(0..<5))
      #expect(FeatureEncoder.width(of: plans, profile: profile) == encoder.width)
      #expect(encoder.inputNames.count == encoder.width)
    }
    let encoder = try FeatureEncoder.fit(Self.plans(), to: table, rows: [0, 1, 2, 3, 4])
    #expect(
      encoder.inputNames == [
        "size", "color=blue", "color=green", "color=red", "color=(other)", "open", "day.month",
        "day.day", "day.weekday", "day.hour",
      ])
  }

  @Test("statistics come from the training rows alone")
  func trainingOnly() throws {
    let table = try table(Self.text)
    let encoder = try FeatureEncoder.fit(
      [FeaturePlan(column: "size", kind: .numeric)], to: table, rows: [0, 1])
    #expect(try encoder.encode(table, rows: [0, 1, 2], stride: 1) == [-1, 1, 0])
  }

  @Test("each way of scaling does what it says")
  func scales() throws {
    let values = (0...100).map { Double($0) } + [.nan]
    func inputs(_ scale: FeaturePlan.Scale) -> [Float] {
      let fit = NumericFit(values, impute: .median, scale: scale)
      return [0, 25, 50, 100, .nan, 1e300].map { fit.input($0) }
    }
    #expect(inputs(.none) == [0, 25, 50, 100, 50, .greatestFiniteMagnitude])
    #expect(inputs(.minMax)[..<5] == [0, 0.25, 0.5, 1, 0.5])
    #expect(abs(inputs(.robust)[1] + 0.6745) < 1e-4)
    #expect(abs(inputs(.quantile)[1] + 0.67449) < 1e-4)
    #expect(abs(inputs(.quantile)[5] - 3.09023) < 1e-4)
    #expect(abs(inputs(.standard)[3] - 1.71499) < 1e-4)
    #expect(inputs(.standard)[4] == 0)
  }

  @Test("a constant column is divided by one")
  func constant() throws {
    for scale in FeaturePlan.Scale.allCases {
      let fit = NumericFit([7, 7, 7], impute: .mean, scale: scale)
      #expect(fit.input(8).isFinite)
      #expect(fit.scale == 1)
    }
  }

  @Test("an unknown level takes its own input, none, or is an error with its row")
  func unknown() throws {
    let trained = try table(Self.text)
    let other = try table("color,x\nblack,1\nred,2\n")
    let expected: [FeaturePlan.Unknown: [Float]] = [
      .ownLevel: [0, 0, 0, 1, 0, 0, 1, 0], .zeros: [0, 0, 0, 0, 0, 1],
    ]
    for (unknown, inputs) in expected {
      let plan = FeaturePlan(column: "color", kind: .category, unknown: unknown)
      let encoder = try FeatureEncoder.fit([plan], to: trained, rows: Array(0..<5))
      #expect(try encoder.encode(other, rows: [0, 1], stride: encoder.width) == inputs)
    }
    let plan = FeaturePlan(column: "color", kind: .category, unknown: .error)
    let encoder = try FeatureEncoder.fit([plan], to: trained, rows: Array(0..<5))
    let error = #expect(throws: TableError.self) {
      try encoder.encode(other, rows: [0, 1], stride: 3)
    }
    #expect(error?.message == "row 1, column `color`: `black` was not seen in training")
    #expect(error?.line == 2)
  }

  @Test("a missing column and a cell of another kind are errors with words")
  func wrong() throws {
    let encoder = try FeatureEncoder.fit(
      [FeaturePlan(column: "size", kind: .numeric)], to: table(Self.text), rows: [0, 1])
    let other = try table("size,x\nbig,1\nsmall,2\n")
    let wrong = #expect(throws: TableError.self) {
      try encoder.encode(other, rows: [1], stride: 1)
    }
    #expect(wrong?.message == "row 2, column `size`: `small` is not a number")
    let missing = #expect(throws: TableError.self) {
      try encoder.encode(table("x,y\n1,2\n3,4\n"), rows: [0], stride: 1)
    }
    #expect(missing?.message == "there is no column `size`")
  }

  @Test("a date is read in the order of the training dates")
  func dateOrder() throws {
    let whole = try table("day,x\n25/12/2020,1\n03/04/2019,2\n")
    let encoder = try FeatureEncoder.fit(
      [FeaturePlan(column: "day", kind: .date)], to: whole, rows: [0, 1])
    let single = try table("day,x\n03/04/2019,2\n", throughJSON(encoder).pinning(.init()))
    let expected = try encoder.encode(whole, rows: [1], stride: encoder.width)
    #expect(try encoder.encode(single, rows: [0], stride: encoder.width) == expected)
  }

  @Test("one row is encoded as it was within the whole table")
  func oneRow() throws {
    let whole = try table(Self.text)
    let encoder = try FeatureEncoder.fit(Self.plans(), to: whole, rows: Array(0..<5))
    let lines = Self.text.split(separator: "\n").map(String.init)
    for row in 0..<5 {
      let single = try table(
        lines[0] + "\n" + lines[row + 1], encoder.pinning(.init(hasHeader: true)))
      let expected = try encoder.encode(whole, rows: [row], stride: encoder.width)
      #expect(try encoder.encode(single, rows: [0], stride: encoder.width) == expected)
    }
  }
}
