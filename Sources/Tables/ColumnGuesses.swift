/// What each column of a text is read as, guessed from its first rows and checked by all.
struct ColumnGuesses {
  let meaning: CellMeaning
  let names: [String]
  let options: TableOptions

  /// The guesses that the first rows suggest; columns that are not among `wanted` are skipped.
  func guesses(from sample: TextBlock, of wanted: Set<Int>? = nil) -> [ColumnGuess] {
    names.indices.map { wanted?.contains($0) ?? true ? guess($0, sample) : .skipped }
  }

  private func guess(_ column: Int, _ sample: TextBlock) -> ColumnGuess {
    let pinned = options.types[names[column]]
    switch pinned {
    case .category, .boolean, .text, .identifier, .constant: return .levels
    case .numeric, .date, nil: break
    }
    if pinned != .date {
      let numbers = assembled(part(.numbers(Numbers(scale: 0)), column, sample))
      if pinned == .numeric || numbers.draft(pinned: .none) != nil { return numbers.nextGuess }
    }
    if let order = options.dateOrders[names[column]] {
      let dates = assembled(part(.dates(order, Self.days), column, sample))
      return pinned == .date || dates.draft(pinned: .order) != nil ? dates.nextGuess : .levels
    }
    for order in [DateOrder.yearFirst, .monthFirst, .dayFirst] {
      let dates = assembled(part(.dates(order, Self.days), column, sample))
      if dates.draft(pinned: .none) != nil { return dates.nextGuess }
    }
    return .levels
  }

  private static let days = Numbers(scale: 0, unit: 86_400)

  private func part(_ guess: ColumnGuess, _ column: Int, _ sample: TextBlock) -> ColumnPart {
    var part = ColumnPart()
    part.restart(guess, tokenCount: meaning.tokens.tokens.count)
    part.read(sample, column: column, meaning)
    return part
  }

  private func assembled(_ part: ColumnPart) -> ColumnAssembly {
    var assembly = ColumnAssembly(part.guess, tokenCount: meaning.tokens.tokens.count, rows: 0)
    assembly.append(part)
    return assembly
  }
}

extension ColumnGuesses {
  /// What the author pinned of a column that was read as numbers or dates.
  func pin(_ column: Int, _ guess: ColumnGuess) -> GuessPin {
    switch guess {
    case .numbers: options.types[names[column]] == .numeric ? .type : .none
    case .dates:
      options.dateOrders[names[column]] != nil
        ? (options.types[names[column]] == .date ? .type : .order) : .none
    case .levels, .skipped: .none
    }
  }

  /// A column that was read as levels, as numbers, dates or levels, whichever fits first, or as its
  /// pinned type.
  func settled(_ column: Int, _ codes: Codes, _ table: LevelTable) -> ColumnDraft {
    let pinned = options.types[names[column]]
    let levels = LevelReading(codes: codes, table: table, meaning: meaning)
    switch pinned {
    case .category, .boolean, .text, .identifier, .constant:
      return .levels(codes: codes, table)
    case .numeric: return .numbers(levels.numbers(allowedBad: codes.count))
    case .date:
      return .numbers(levels.dates(options.dateOrders[names[column]], allowedBad: codes.count))
    case nil: break
    }
    let allowedBad = Int(Double(codes.count) * NumberDraft.allowedBadShare)
    let numbers = levels.numbers(allowedBad: allowedBad)
    if numbers.fits { return .numbers(numbers) }
    let dates = levels.dates(options.dateOrders[names[column]], allowedBad: allowedBad)
    return dates.fits ? .numbers(dates) : .levels(codes: codes, table)
  }
}

/// A column of levels read as numbers or dates.
private struct LevelReading {
  let codes: Codes
  let table: LevelTable
  let meaning: CellMeaning

  func numbers(allowedBad: Int) -> NumberDraft {
    draft(order: nil, allowedBad) { text, cell in
      parseNumber(text, Int(cell.start), Int(cell.end), decimal: meaning.decimal)
    }
  }

  /// Dates in the pinned order or the one that reads most values.
  func dates(_ pinned: DateOrder?, allowedBad: Int) -> NumberDraft {
    if let pinned { return dates(in: pinned, allowedBad) }
    let yearFirst = dates(in: .yearFirst, allowedBad)
    if yearFirst.badRows.isEmpty { return yearFirst }
    var monthFirst = dates(in: .monthFirst, allowedBad)
    let dayFirst = dates(in: .dayFirst, allowedBad)
    monthFirst.isAmbiguous = monthFirst.badRows.count == dayFirst.badRows.count
    return [monthFirst, dayFirst].reduce(yearFirst) {
      $1.badRows.count < $0.badRows.count ? $1 : $0
    }
  }

  private func dates(in order: DateOrder, _ allowedBad: Int) -> NumberDraft {
    draft(order: order, allowedBad) { text, cell in
      parseDate(text, Int(cell.start), Int(cell.end), order: order)
    }
  }

  /// Reads every level, then every row; gives up when too many are neither values nor missing.
  private func draft(
    order: DateOrder?, _ allowedBad: Int, value: ([UInt8], Cell) -> Double?
  ) -> NumberDraft {
    var draft = NumberDraft(
      numbers: [], dateOrder: order,
      tokenCounts: [Int](repeating: 0, count: meaning.tokens.tokens.count))
    var values = [Double](repeating: .nan, count: table.count)
    var isBad = [Bool](repeating: false, count: table.count)
    var bad = 0
    for level in 0..<table.count {
      let token = meaning.tokens.index(of: table.slice(level))
      if let token, meaning.tokens.includesNumbers {
        draft.tokenCounts[token] += table.cellCount(level)
      } else if let number = value(table.bytes, table.cell(level)) {
        values[level] = number
      } else if let token {
        draft.tokenCounts[token] += table.cellCount(level)
      } else {
        isBad[level] = true
        if order == nil, Double(table.string(level))?.isInfinite == true {
          draft.infinite += table.cellCount(level)
          continue
        }
        bad += table.cellCount(level)
        if bad > allowedBad { break }
      }
    }
    if bad > allowedBad {
      // Enough to be refused: there is nothing good in it.
      draft.badRows = [Int32](repeating: 0, count: allowedBad + 1)
      draft.infinite = 0
      return draft
    }
    draft.numbers = Numbers(codes.map { values[Int($0)] })
    guard bad + draft.infinite > 0 else { return draft }
    for (row, code) in codes.enumerated() where isBad[Int(code)] {
      draft.badRows.append(Int32(row))
      guard draft.badTexts.count < ColumnPart.keptTexts else { continue }
      draft.badTexts.append(shortened(table.string(Int(code))))
    }
    return draft
  }
}
