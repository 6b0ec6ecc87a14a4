public import SpecSyntax

/// A value that a rule put where the author left it open.
public struct Decision: Sendable, Hashable {
  public var path: SpecPath
  public var value: PlainValue
  /// The code of the rule.
  public var rule: String
  /// One sentence with the numbers of this case.
  public var reason: String

  public init(path: SpecPath, value: PlainValue, rule: String, reason: String) {
    self.path = path
    self.value = value
    self.rule = rule
    self.reason = reason
  }
}

/// How a rule decides one open value.
struct Decider: Sendable {
  let path: SpecPath
  /// The value, or nil while too little is known.
  let choose: @Sendable (Facts) -> Choice?

  init(_ path: SpecPath, choose: @escaping @Sendable (Facts) -> Choice?) {
    self.path = path
    self.choose = choose
  }
}

/// What a rule picks for an open value, and why, with the numbers of this case.
struct Choice: Sendable {
  var value: PlainValue
  var reason: String

  init(_ value: PlainValue, because reason: String) {
    self.value = value
    self.reason = reason
  }
}
