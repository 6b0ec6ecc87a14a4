/// A fragment of a spec on which a rule speaks, stays silent or decides a value.
///
/// Examples are tests and reference page at once. `#!` and a code mark the line that must be
/// reported; keys that a fragment leaves out stand at harmless values.
public struct RuleExample: Sendable {
  public enum Expectation: Sendable, Hashable {
    /// The marked lines are reported, and no others. `fixed` is the fragment after the first
    /// fix, without marks.
    case fires(fixed: String?)
    case silent
    /// The rule decides its value, which reads like this in a spec.
    case decides(String)
    /// The spec is refused with this code before any rule is asked.
    case refused(String)
  }

  public let expectation: Expectation
  /// The fragment, with its marks.
  public let text: String
  /// The table the fragment is about.
  public let table: ExampleTable
  /// What a training run showed, for rules that need one.
  public let probe: Probe?
  /// The fragment as it was before, for rules that compare.
  public let earlier: String?

  private init(
    _ expectation: Expectation, _ text: String, _ table: ExampleTable, _ probe: Probe? = nil,
    earlier: String? = nil
  ) {
    self.expectation = expectation
    self.text = text
    self.table = table
    self.probe = probe
    self.earlier = earlier
  }

  static func fires(
    _ text: String, on table: ExampleTable = ExampleTable(), probe: Probe? = nil,
    earlier: String? = nil, fixed: String? = nil
  ) -> RuleExample {
    RuleExample(.fires(fixed: fixed), text, table, probe, earlier: earlier)
  }

  static func silent(
    _ text: String, on table: ExampleTable = ExampleTable(), probe: Probe? = nil,
    earlier: String? = nil
  ) -> RuleExample {
    RuleExample(.silent, text, table, probe, earlier: earlier)
  }

  static func decides(
    _ value: String, _ text: String, on table: ExampleTable = ExampleTable()
  ) -> RuleExample {
    RuleExample(.decides(value), text, table)
  }

  static func refused(
    _ code: String, _ text: String, on table: ExampleTable = ExampleTable()
  ) -> RuleExample {
    RuleExample(.refused(code), text, table)
  }
}
