/// Specs that between them prepare columns in every way, over one table.
enum PreparationSpecs {
  /// A number with gaps, one with a large offset, a level, a yes or no, a date; two targets. The
  /// second half has levels that the first has not.
  static let table: String = {
    let rows = (0..<120).map { row -> String in
      let spread = Double(row * 37 % 101) / 10
      let number = row % 11 == 3 ? "" : "\(spread - 3)"
      let far = 20_000 + Double(row * 53 % 97) / 8
      let levels = row < 60 ? ["red", "green", "blue"] : ["red", "violet", "blue"]
      let level = row % 13 == 5 ? "" : levels[row % 3]
      let flag = row % 9 == 2 ? "" : ["yes", "no"][row * row % 2]
      let (month, day) = (1 + row * 5 % 12, 1 + row * 11 % 28)
      let date = "\(2019 + row % 4)-\(padded(month))-\(padded(day)) \(padded(row % 24)):30:00"
      let sort = ["a", "b", "c, d"][(row / 3 + Int(spread)) % 3]
      return "\(number),\(far),\(level),\(flag),\(row % 17 == 4 ? "" : date),"
        + "\(spread * 2 + 1),\(far - spread),\"\(sort)\",\(["in", "out"][row * 7 % 5 % 2])"
    }
    return (["number,far,level,flag,date,amount,other,sort,pair"] + rows)
      .joined(separator: "\n") + "\n"
  }()

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  private static func spec(
    target: String = "amount", _ data: String = "", training: String = ""
  ) -> String {
    """
    plumb: 1
    data:
      source: table.csv
      target: \(target)
      features: {number: numeric, far: numeric, level: category, flag: boolean, date: date}
      \(data)
    model: {hidden_layers: [6], activation: tanh}
    training: {\(training.isEmpty ? "" : training + ", ")learning_rate: 0.01, batch_size: 8}
    """
  }

  static let all: [(name: String, text: String)] = [
    ("standard", spec()),
    ("mean_min_max", spec("numeric: {impute: mean, scale: min_max}")),
    ("robust_smooth", spec("numeric: {impute: zero, scale: robust, clip: smooth}")),
    ("quantile", spec("numeric: {scale: quantile}")),
    ("quantile_smooth_log", spec("numeric: {scale: quantile, clip: smooth}\n  target_scale: log")),
    ("bins", spec("numeric: {embed: {piecewise_linear: {bins: 5}}}")),
    ("bins_of_ranks", spec("numeric: {scale: quantile, embed: {piecewise_linear: {bins: 30}}}")),
    ("periodic", spec("numeric: {embed: {periodic: {frequencies: 3, size: 4, sigma: 1}}}")),
    ("embedding", spec("category: {encode: embedding}")),
    ("embedding_zeros", spec("category: {encode: embedding, unknown: zeros}")),
    ("one_hot_zeros", spec("category: {encode: one_hot, unknown: zeros}")),
    // Asked about what it has seen only, and then about what it must refuse.
    ("refusing", spec("category: {unknown: error}")),
    ("classes", spec(target: "sort")),
    ("focal", spec(target: "sort", training: "loss: focal")),
    ("pair", spec(target: "pair")),
    ("hinge", spec(target: "sort", training: "loss: hinge")),
    ("hinge_pair", spec(target: "pair", training: "loss: squared_hinge")),
    ("two_targets", spec(target: "[amount, other]")),
    (
      "quantiles",
      spec(target: "[amount, other]", training: "loss: {quantile: [0.1, 0.4, 0.9]}")
    ),
    ("one_quantile", spec(training: "loss: {quantile: [0.8]}")),
    ("poisson", spec("target_scale: none", training: "loss: poisson")),
  ]
}
