internal import SpecCompiler
internal import SpecSyntax
internal import Tables

/// The rows that have a target, and what a split of them heeds.
struct SplitRows {
  /// Numbers of rows of the table.
  let rows: [Int]
  private let section: SplitSection
  /// One of the three per row, or none: classes to share out, groups to keep whole, times to order.
  private var classes: [Int32]?
  private var groups: [Int32]?
  private var times: [Double]?

  init(_ data: DataSection, _ table: Table) throws(TrainingError) {
    let columns = data.targetColumns
    rows = table.rowsWithTarget(columns)
    section = data.split
    guard rows.count >= 2 else {
      throw TrainingError("\(rows.count) rows have a target; training needs at least two")
    }
    if let name = section.time {
      guard let column = table.column(name), case .numbers(let values) = column.storage else {
        throw TrainingError("`\(name)` does not order the rows: it holds neither dates nor numbers")
      }
      times = rows.map { values[$0] }
    } else if let name = section.group {
      guard let column = table.column(name) else {
        throw TrainingError("there is no column `\(name)` to group rows by")
      }
      let codes = column.labels().codes
      groups = rows.map { codes[$0] }
    } else if data.task.value == .classification, section.stratify,
      let codes = table.column(columns[0])?.labels().codes
    {
      classes = rows.map { codes[$0] }
    }
  }

  /// The parts as the spec asks for them.
  func split() -> RowSplit {
    named(parts(of: Array(rows.indices), test: section.test.part))
  }

  /// The parts for each of so many folds: a fold tests, the others train and validate.
  ///
  /// The spec's share for validation is taken from the rows outside the fold; its test part has no
  /// meaning here.
  func folds(_ count: Int) throws(TrainingError) -> [RowSplit] {
    try check(count)
    let folds = RowFolds.make(
      rowCount: rows.count, count: count, stratifyBy: classes, groupBy: groups, orderBy: times,
      seed: UInt64(section.seed))
    return folds.map { parts(of: $0, round: 0) }
  }

  /// The rows that are not the spec's test part; places are within `rows`.
  var judgingRows: [Int] {
    let whole = parts(of: Array(rows.indices), test: section.test.part)
    return (whole.train + whole.validation).sorted()
  }

  /// How many folds the rows outside the test part can make at the most.
  func mostFolds(of own: [Int]) -> Int {
    guard times == nil else { return own.count - 1 }
    guard let groups else { return own.count }
    let codes = own.map { groups[$0] }
    return Set(codes).subtracting([-1]).count + codes.count { $0 < 0 }
  }

  /// Folds of the rows outside the test part, dealt anew for each round; rows in time are cut
  /// alike each time.
  func judgingFolds(of own: [Int], count: Int, round: Int) -> [RowFolds.Fold] {
    RowFolds.make(
      rowCount: own.count, count: count,
      stratifyBy: classes.map { codes in own.map { codes[$0] } },
      groupBy: groups.map { codes in own.map { codes[$0] } },
      orderBy: times.map { times in own.map { times[$0] } },
      seed: UInt64(section.seed) &+ UInt64(round)
    ).map { RowFolds.Fold(learn: $0.learn.map { own[$0] }, test: $0.test.map { own[$0] }) }
  }

  /// A fold's parts: its own rows test, this spec's share of the others validates.
  func parts(of fold: RowFolds.Fold, round: Int) -> RowSplit {
    let inner = parts(of: fold.learn, test: .count(0), round: round)
    return named(
      RowSplit(
        train: inner.train.map { fold.learn[$0] },
        validation: inner.validation.map { fold.learn[$0] }, test: fold.test))
  }

  /// Splits some of the rows; the places are within `chosen`.
  private func parts(of chosen: [Int], test: RowSplit.Part, round: Int = 0) -> RowSplit {
    RowSplit.make(
      rowCount: chosen.count, validation: section.validation.part, test: test,
      stratifyBy: classes.map { codes in chosen.map { codes[$0] } },
      groupBy: groups.map { codes in chosen.map { codes[$0] } },
      orderBy: times.map { times in chosen.map { times[$0] } },
      seed: UInt64(section.seed) &+ UInt64(round))
  }

  /// The same parts in numbers of the table's rows.
  private func named(_ places: RowSplit) -> RowSplit {
    RowSplit(
      train: places.train.map { rows[$0] }, validation: places.validation.map { rows[$0] },
      test: places.test.map { rows[$0] })
  }

  private func check(_ count: Int) throws(TrainingError) {
    let (most, things): (Int, String)
    if times != nil {
      (most, things) = (rows.count - 1, "rows in time")
    } else if let groups {
      (most, things) = (
        Set(groups).subtracting([-1]).count + groups.count { $0 < 0 },
        "groups of `\(section.group ?? "")`"
      )
    } else {
      (most, things) = (rows.count, "rows with a target")
    }
    guard count <= most else {
      throw TrainingError(
        "\(count) folds cannot be made of \(times == nil ? most : rows.count) \(things)",
        hints: most >= 2 ? ["ask for at most \(most) folds"] : ["use a table with more rows"])
    }
  }
}

extension Amount {
  fileprivate var part: RowSplit.Part {
    switch self {
    case .share(let share): .share(share)
    case .count(let count): .count(count)
    }
  }
}
