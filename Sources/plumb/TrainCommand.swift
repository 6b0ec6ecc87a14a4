/// The command line of a training, as a run keeps it and others are made from it.
struct TrainCommand {
  /// The words that say what is trained, without where it goes and how it is shown.
  private let words: [String]

  /// - Parameter arguments: what follows the program's name.
  init(_ arguments: [String] = Array(CommandLine.arguments.dropFirst())) {
    words = Self.without(Self.options, Self.flags, arguments)
  }

  /// The command of a run, from the text that was kept; nil if that is no command of this program.
  init?(text: String) {
    guard let words = shellWords(text), words.prefix(2) == ["plumb", "train"] else { return nil }
    self.init(Array(words.dropFirst()))
  }

  private static let options: Set<String> = ["--run", "--resume", "--format"]
  private static let flags: Set<String> = ["--finish", "--quiet", "--profile"]

  /// What makes the same weights again.
  var text: String { (["plumb"] + words).map(quoted).joined(separator: " ") }

  /// What follows `plumb train`.
  var arguments: [String] { Array(words.dropFirst()) }

  /// The same with another number of threads.
  func with(threads: Int) -> TrainCommand {
    TrainCommand(Self.without(["--threads"], [], words) + ["--threads", "\(threads)"])
  }

  /// What goes on with the run of a folder.
  static func resuming(_ folder: String) -> String { "plumb train --resume \(quoted(folder))" }

  private static func without(
    _ options: Set<String>, _ flags: Set<String>, _ arguments: [String]
  ) -> [String] {
    var words: [String] = []
    var isValue = false
    for argument in arguments {
      guard !isValue else {
        isValue = false
        continue
      }
      if options.contains(argument) {
        isValue = true
      } else if !flags.contains(argument),
        !options.contains(where: { argument.hasPrefix("\($0)=") })
      {
        words.append(argument)
      }
    }
    return words
  }
}

/// A word as a shell takes it.
func quoted(_ word: String) -> String {
  let isPlain = word.unicodeScalars.allSatisfy { scalar in
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_./=:,+@%".unicodeScalars
      .contains(scalar)
  }
  guard !isPlain || word.isEmpty else { return word }
  return "'" + word.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''") + "'"
}

/// The words of a line that `quoted` made; nil where a quote is open at its end.
private func shellWords(_ line: String) -> [String]? {
  var (words, word, isQuoted, isEscaped) = ([String](), String?.none, false, false)
  for scalar in line.unicodeScalars {
    if isEscaped {
      word = (word ?? "") + String(scalar)
      isEscaped = false
    } else if scalar == "'" {
      isQuoted.toggle()
      word = word ?? ""
    } else if isQuoted {
      word = (word ?? "") + String(scalar)
    } else if scalar == "\\" {
      isEscaped = true
    } else if scalar == " " {
      if let word { words.append(word) }
      word = nil
    } else {
      word = (word ?? "") + String(scalar)
    }
  }
  guard !isQuoted, !isEscaped else { return nil }
  if let word { words.append(word) }
  return words
}
