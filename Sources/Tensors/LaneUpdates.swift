internal import CKernels

/// The steps of several networks, one for each lane, which an optimiser hands over in the order of
/// the lanes in place of taking them.
///
/// All are of one optimiser; they may differ in the constants.
@safe public final class LaneUpdates {
  private let calls: UnsafeMutablePointer<plumb_update>
  private let laneCount: Int
  private var kind: plumb_optimizer?
  private var count = 0

  public init(on set: InstructionSet = .current) {
    laneCount = set.laneCount
    unsafe calls = .allocate(capacity: laneCount)
  }

  deinit { unsafe calls.deallocate() }

  /// Before the first lane hands its step over.
  public func begin() { count = 0 }

  /// The next lane takes the step of the one before it.
  public func repeatLast() {
    precondition(count > 0 && count < laneCount, "there is no lane before, or after")
    unsafe (calls + count).initialize(to: calls[count - 1])
    count += 1
  }

  func add(_ kind: plumb_optimizer, _ call: plumb_update) {
    precondition(count < laneCount, "there are more steps than lanes")
    self.kind = kind
    unsafe (calls + count).initialize(to: call)
    count += 1
  }

  /// The kind of the steps, and a call for each lane.
  var steps: (kind: Int32, calls: UnsafePointer<plumb_update>) {
    guard let kind, count == laneCount else { preconditionFailure("every lane has a step") }
    return unsafe (Int32(kind.rawValue), UnsafePointer(calls))
  }
}

extension OptimizerBuffers {
  /// Takes a step, or hands it over.
  func take(_ kind: plumb_optimizer, _ call: plumb_update, on set: InstructionSet) {
    guard let collector else {
      var call = unsafe call
      return unsafe set.kernels.pointee.update(Int32(kind.rawValue), &call)
    }
    unsafe collector.add(kind, call)
  }
}
