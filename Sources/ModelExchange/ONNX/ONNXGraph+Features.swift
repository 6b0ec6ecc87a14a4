import Tables

extension ONNXGraph {
  /// Doubles with their stand-ins for NaN, scaled and clipped: a column for each fit.
  mutating func scaled(_ values: String, by fits: [NumericFit]) -> String {
    let fill = constant(doubles: fits.map(\.fill), shape: [1, fits.count])
    let known = add("Where", [add("IsNaN", [values]), fill, values])
    return scaledKnown(known, by: fits)
  }

  /// Doubles none of which is missing, scaled and clipped.
  private mutating func scaledKnown(_ known: String, by fits: [NumericFit]) -> String {
    let result: String
    if fits[0].knots.isEmpty {
      let center = constant(doubles: fits.map(\.center), shape: [1, fits.count])
      let scale = constant(doubles: fits.map(\.scale), shape: [1, fits.count])
      result = add("Div", [add("Sub", [known, center]), scale])
    } else if fits[0].knots.count == 1 {
      result = add("Mul", [known, scalar(0)])
    } else {
      result = normalQuantile(rank(known, among: fits[0].knots))
    }
    switch fits[0].clip {
    case .none: return result
    case .smooth:
      let third = add("Div", [result, scalar(3)])
      let square = add("Add", [add("Mul", [third, third]), scalar(1)])
      return add("Div", [result, add("Sqrt", [square])])
    }
  }

  /// The share of the knots that lie below each number; equal knots count half.
  private mutating func rank(_ x: String, among knots: [Double]) -> String {
    let count = Double(knots.count)
    let row = constant(doubles: knots, shape: [1, knots.count])
    let flat = constant(doubles: knots, shape: [knots.count])
    let below = counted("Less", row, x)
    let notAbove = counted("LessOrEqual", row, x)
    let place = add(
      "Div", [add("Sub", [add("Add", [below, notAbove]), scalar(1)]), scalar(2)])
    let previous = add("Sub", [below, scalar(1)])
    let left = knot(flat, at: previous, last: count - 1)
    let right = knot(flat, at: below, last: count - 1)
    let between = add("Div", [add("Sub", [x, left]), add("Sub", [right, left])])
    let isBetween = add(
      "And",
      [
        add("Equal", [below, notAbove]),
        add(
          "And",
          [add("Greater", [below, scalar(0)]), add("Less", [below, scalar(count)])]),
      ])
    let exact = add("Where", [isBetween, add("Add", [previous, between]), place])
    let share = add("Div", [exact, scalar(count - 1)])
    return add("Clip", [share, scalar(0.001), scalar(0.999)])
  }

  private mutating func counted(_ comparison: String, _ knots: String, _ x: String) -> String {
    add(
      "ReduceSum",
      [cast(add(comparison, [knots, x]), to: .double), constant(integers: [1])],
      [.integer("keepdims", 1)])
  }

  private mutating func knot(_ knots: String, at place: String, last: Double) -> String {
    let index = cast(add("Clip", [place, scalar(0), scalar(last)]), to: .int64)
    return add("Gather", [knots, index], [.integer("axis", 0)])
  }

  /// For each bin the place of a scaled number in it, from 0 to 1, open at the outer ends.
  mutating func bins(_ x: String, _ bins: BinFit) -> String {
    let count = bins.count
    let (low, high) = (bins.edges.dropLast(), bins.edges.dropFirst())
    let limit = Double(Float.greatestFiniteMagnitude)
    let lows = constant(doubles: Array(low), shape: [1, count])
    let sizes = constant(doubles: zip(high, low).map { $0 - $1 }, shape: [1, count])
    let least = (0..<count).map { $0 == 0 ? -limit : 0 }
    let most = (0..<count).map { $0 == count - 1 ? limit : 1 }
    let share = add("Div", [add("Sub", [x, lows]), sizes])
    let atLeast = add("Max", [share, constant(doubles: least, shape: [1, count])])
    return add("Min", [atLeast, constant(doubles: most, shape: [1, count])])
  }

  /// An input for each level and, where unknown ones have a level of their own, one more; nil where
  /// there are none.
  mutating func oneHot(
    _ column: String, of levels: [String], _ unknown: FeaturePlan.Unknown
  ) -> String? {
    guard !levels.isEmpty else {
      return unknown == .ownLevel ? filled(1, columns: 1, rowsOf: column) : nil
    }
    let encoded = add(
      "OneHotEncoder", [column], [.texts("cats_strings", levels), .integer("zeros", 1)],
      domain: ONNXMessage.machineLearning)
    let known = reshape(encoded, to: [levels.count])
    guard unknown == .ownLevel else { return known }
    let one = constant([1], shape: [1, 1])
    let sum = add(
      "ReduceSum", [known, constant(integers: [1])], [.integer("keepdims", 1)])
    return concatenate([known, add("Sub", [one, sum])])
  }

  /// The number of each row's level, by which an embedding looks it up.
  mutating func index(
    _ column: String, of levels: [String], _ unknown: FeaturePlan.Unknown
  ) -> String {
    let first = unknown == .ownLevel ? 1 : 0
    let other = Float(first - 1)
    guard !levels.isEmpty else { return filled(other, columns: 1, rowsOf: column) }
    return add(
      "LabelEncoder", [column],
      [
        .texts("keys_strings", levels),
        .floats("values_floats", levels.indices.map { Float($0 + first) }),
        .float("default_float", other),
      ], domain: ONNXMessage.machineLearning)
  }

  /// Columns of zeros behind the others.
  mutating func pad(_ values: String, by columns: Int) -> String {
    add("Pad", [values, constant(integers: [0, 0, 0, columns])])
  }

  /// Columns of zeros, as many rows as an input has.
  mutating func zeros(_ columns: Int, rowsOf input: String) -> String {
    filled(0, columns: columns, rowsOf: input)
  }

  private mutating func filled(_ value: Float, columns: Int, rowsOf input: String) -> String {
    let rows = add("Shape", [input], [.integer("start", 0), .integer("end", 1)])
    let shape = add("Concat", [rows, constant(integers: [columns])], [.integer("axis", 0)])
    return add("Expand", [constant([value], shape: [1, 1]), shape])
  }
}
