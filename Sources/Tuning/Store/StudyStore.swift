/// A trial that somebody has taken up for a while.
public struct Claim: Sendable, Hashable {
  public var trial: Trial
  /// How often it was taken up, from 1. It tells the one who has it now from those who had it
  /// before, whose results are refused.
  public var attempt: Int
  public var owner: String
}

/// What asking for a trial gave.
public enum ClaimOutcome: Sendable, Hashable {
  case claimed(Claim)
  /// The next trial depends on some that are still running.
  case wait
  /// There are as many trials as wanted, or nothing more to try; all are finished.
  case done
  /// The same, but some are still running elsewhere.
  case othersRunning
}

/// Where the trials of one study are kept, for one process or many.
///
/// A trial is claimed for some seconds, renewed while it goes on, and finished; whoever comes too
/// late with any of that is told `false`, and gives up quietly. What was claimed and not renewed is
/// claimed again by somebody else, as its next attempt.
public protocol StudyStore: Sendable {
  var settings: StudySettings { get }

  /// Takes up the next trial: one whose claim ran out, one that is waiting, or a new one, whose
  /// numbers `suggest` gives for its number and history.
  ///
  /// - Parameters:
  ///   - limit: no new trial gets a number from here on.
  ///   - suggest: nil when there is nothing more to try. Called while others are kept from
  ///     suggesting, so it should be quick.
  func claim(
    owner: String, seconds: Double, limit: Int,
    suggest: (_ number: Int, _ history: [Trial]) -> [Double?]?
  ) throws(StudyError) -> ClaimOutcome

  /// Holds a trial for some more seconds.
  func renew(_ claim: Claim, seconds: Double) throws(StudyError) -> Bool

  /// Keeps a value on the way.
  func report(_ point: Trial.Point, of claim: Claim) throws(StudyError) -> Bool

  /// Ends a trial with its state, values, violations and whole curve, and with notes of any kind by
  /// name, as JSON text, which stay with the trial.
  ///
  /// Points of the curve need not have been reported before: a trial that takes milliseconds is
  /// kept at once. A step that was reported has the value of the curve.
  func finish(_ claim: Claim, as trial: Trial, notes: [String: String]) throws(StudyError) -> Bool

  /// Gives a trial back to be taken up by others at once.
  func release(_ claim: Claim) throws(StudyError)

  /// Lets the claims of owners that are gone run out at once.
  func endClaims(ofOwners isGone: (_ owner: String) -> Bool) throws(StudyError)

  /// Puts a trial of chosen numbers in front of those that are suggested.
  func enqueue(_ parameters: [Double?]) throws(StudyError)

  /// All trials in the order of their numbers; reads only what has changed since the last time.
  func trials() throws(StudyError) -> [Trial]

  /// The notes of a finished trial.
  func notes(of number: Int) throws(StudyError) -> [String: String]
}

/// What keeps a study from going on.
public struct StudyError: Error, Sendable, Hashable {
  public var message: String
  /// Ways out.
  public var hints: [String]

  public init(_ message: String, hints: [String] = []) {
    (self.message, self.hints) = (message, hints)
  }
}
