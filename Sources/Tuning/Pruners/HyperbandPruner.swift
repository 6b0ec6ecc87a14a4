/// Successive halving at several lengths of the first rung, since nobody knows which is right.
///
/// Trials are dealt to brackets; bracket b leaves out the first b rungs of `ASHAPruner`, and its
/// trials are compared among themselves. Brackets that end trials early get more of them. L. Li et
/// al., Hyperband, JMLR 18 (2018), with ASHA inside, as Optuna has it.
public struct HyperbandPruner: Pruner {
  public static let name = "hyperband"
  public static let summary = "successive halving at several lengths of the first rung"

  /// One of so many goes on; 2 or more.
  public var reduction: Int
  /// The step of the first rung of the first bracket, from 1.
  public var first: Int
  /// The step of the last; nil for the longest complete trial, and then nothing ends before one is.
  public var last: Int?

  public init(reduction: Int = 3, first: Int = 1, last: Int? = nil) {
    precondition(reduction >= 2 && first >= 1, "one of at least two goes on, from a step on")
    (self.reduction, self.first, self.last) = (reduction, first, last)
  }

  public init(options: [String: Double]) {
    self.init(reduction: options.count("reduction") ?? 3, first: options.count("first") ?? 1)
  }

  public func prunes(_ trial: Trial, after history: [Trial]) -> Bool {
    guard let point = trial.curve.last else { return false }
    if point.value.isNaN { return true }
    let longest = history.filter { $0.state == .complete }.compactMap { $0.curve.last?.step }.max()
    guard let last = last ?? longest else { return false }
    let shares = shares(upTo: last)
    let bracket = bracket(of: trial.number, shares)
    let rivals = history.filter { self.bracket(of: $0.number, shares) == bracket }
    return ASHAPruner(reduction: reduction, first: first)
      .prunes(trial, after: rivals, skipping: bracket)
  }

  /// How many trials each bracket gets for those of the others: ⌈B · ηˢ / (s + 1)⌉ with
  /// s = B − 1 − b, for brackets of about the same cost.
  func shares(upTo last: Int) -> [Int] {
    var (count, step) = (1, first)
    while step <= last / reduction { (count, step) = (count + 1, step * reduction) }
    return (0..<count).map { bracket in
      let rest = count - 1 - bracket
      let power = (0..<rest).reduce(1) { power, _ in power * reduction }
      return (count * power + rest) / (rest + 1)
    }
  }

  /// The bracket of a trial: numbers are dealt evenly, by multiples of the golden ratio.
  func bracket(of number: Int, _ shares: [Int]) -> Int {
    let turn = Double(number) * 0.618033988749894848
    var place = Int((turn - turn.rounded(.down)) * Double(shares.reduce(0, +)))
    for (bracket, share) in shares.enumerated() {
      place -= share
      if place < 0 { return bracket }
    }
    return shares.count - 1
  }
}
