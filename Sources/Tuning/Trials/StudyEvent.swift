/// What happens while a study goes on; told from any thread, so whoever listens should be quick.
public enum StudyEvent: Sendable {
  /// A trial was taken up, for the first time or again.
  case began(Trial)
  /// Its training goes on from a checkpoint with so many epochs, of which the values follow.
  case resumed(Int, epochs: Int)
  /// A value on the way.
  case point(Trial.Point, of: Int)
  case ended(Trial, TrialNotes)
  /// It was given back, or somebody else has it now.
  case left(Int)
}

/// Why a search came to its end.
public enum StudyEnding: String, Sendable, Hashable {
  /// There are as many trials as wanted.
  case trials
  /// There is nothing more to try.
  case exhausted
  /// So many trials in a row were no better.
  case patience
  case time
  case interrupted
}
