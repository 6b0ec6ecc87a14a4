/// The values of a column before it is settled which texts of the file stand for no value.
enum ColumnDraft {
  /// Numbers or dates, the cells that are neither, and how often each missing token stood there.
  case numbers(NumberDraft)
  /// Texts, each with its level; missing tokens are levels still.
  case levels(codes: Codes, LevelTable)
}

/// A column read as numbers or dates.
struct NumberDraft {
  var numbers: Numbers
  /// The order of a date's parts; `nil` for numbers.
  var dateOrder: DateOrder?
  /// Whether dates could as well be read with the day first.
  var isAmbiguous = false
  /// Rows whose cell is neither a number or date nor missing, and the texts of the first of them.
  var badRows: [Int32] = []
  var badTexts: [String] = []
  /// How many of them write a number that is not finite; they say nothing against numbers.
  var infinite = 0
  /// How many cells held each missing token.
  var tokenCounts: [Int]

  var missing: Int { tokenCounts.reduce(0, +) }
  /// How many cells are numbers or dates.
  var good: Int { numbers.count - missing - badRows.count }

  /// The share of cells that may fail to be numbers in a column of numbers.
  static let allowedBadShare = 0.02

  /// Whether nearly all values were read.
  var fits: Bool {
    let bad = Double(badRows.count - infinite)
    return good > 0 && infinite <= good && bad <= Self.allowedBadShare * (Double(good) + bad)
  }
}

/// A column whose parts are put together as they are read.
struct ColumnAssembly {
  let guess: ColumnGuess
  private var numbers: NumberDraft
  private var badExchanged = 0
  private var codes = Codes()
  private var levels = LevelTable()

  /// `rows` is how many there will be, as far as is known.
  init(_ guess: ColumnGuess, tokenCount: Int, rows: Int) {
    self.guess = guess
    numbers = NumberDraft(numbers: [], tokenCounts: [Int](repeating: 0, count: tokenCount))
    switch guess {
    case .numbers(let form): numbers.numbers = form
    case .dates(let order, let form): (numbers.dateOrder, numbers.numbers) = (order, form)
    case .levels: codes.reserveCapacity(rows)
    case .skipped: break
    }
    numbers.numbers.reserveCapacity(rows)
  }

  /// The guess for the next part: the form of the numbers so far.
  var nextGuess: ColumnGuess {
    var form = Numbers()
    form.removeAll(like: numbers.numbers)
    return switch guess {
    case .numbers: .numbers(form)
    case .dates(let order, _): .dates(order, form)
    case .levels: .levels
    case .skipped: .skipped
    }
  }

  /// Adds the part that follows.
  mutating func append(_ part: ColumnPart) {
    switch guess {
    case .numbers, .dates:
      let start = Int32(numbers.numbers.count)
      numbers.numbers.append(part.values)
      for (token, count) in part.tokenCounts.enumerated() {
        numbers.tokenCounts[token] += Int(count)
      }
      numbers.badRows += part.badRows.map { $0 + start }
      let room = ColumnPart.keptTexts - numbers.badTexts.count
      if room > 0 { numbers.badTexts += part.badTexts.prefix(room) }
      badExchanged += part.badExchanged
    case .levels:
      let newCodes = levels.merge(part.levels)
      codes.widen(for: levels.count)
      codes.append(part.codes, renumbered: newCodes)
    case .skipped: break
    }
  }

  /// What was read, unless the whole column speaks against the guess.
  func draft(pinned: GuessPin) -> ColumnDraft? {
    var draft = numbers
    switch guess {
    case .skipped: return nil
    case .levels: return .levels(codes: codes, levels)
    case .numbers: return pinned == .type || draft.fits ? .numbers(draft) : nil
    case .dates(let order, _):
      guard pinned != .type else { return .numbers(draft) }
      guard draft.fits else { return nil }
      guard pinned == .none else { return .numbers(draft) }
      let bad = draft.badRows.count
      if order == .monthFirst, badExchanged < bad { return nil }
      if order == .dayFirst, badExchanged <= bad { return nil }
      draft.isAmbiguous = order == .monthFirst && badExchanged == bad
      return .numbers(draft)
    }
  }
}

/// What of a guess is no guess, because the author pinned it.
enum GuessPin {
  case none
  /// The order of dates.
  case order
  /// That the column holds numbers, or dates in a pinned order.
  case type
}
