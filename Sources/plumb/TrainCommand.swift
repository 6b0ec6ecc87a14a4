/// The command line of a training, from which others are made.
struct TrainCommand {
  /// The words that say what is trained, without where it goes and how it is shown.
  private let words: [String]

  /// - Parameter arguments: what follows the program's name.
  init(_ arguments: [String] = Array(CommandLine.arguments.dropFirst())) {
    var words: [String] = []
    var isValue = false
    for argument in arguments {
      guard !isValue else {
        isValue = false
        continue
      }
      if Self.options.contains(argument) {
        isValue = true
      } else if !Self.flags.contains(argument),
        !Self.options.contains(where: { argument.hasPrefix("\($0)=") })
      {
        words.append(argument)
      }
    }
    self.words = words
  }

  private static let options: Set<String> = ["--run", "--resume", "--format"]
  private static let flags: Set<String> = ["--finish", "--quiet", "--profile"]

  /// What makes the same weights again.
  var text: String { (["plumb"] + words).map(quoted).joined(separator: " ") }

  /// What goes on with the run of a folder.
  func resuming(_ folder: String) -> String { "\(text) --resume \(quoted(folder))" }
}

/// A word as a shell takes it.
private func quoted(_ word: String) -> String {
  let isPlain = word.unicodeScalars.allSatisfy { scalar in
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_./=:,+@%".unicodeScalars
      .contains(scalar)
  }
  guard !isPlain || word.isEmpty else { return word }
  return "'" + word.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''") + "'"
}
