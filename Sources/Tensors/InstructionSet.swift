internal import CKernels

/// A set of kernels this processor can run. Results repeat bit for bit within one set.
public struct InstructionSet: Hashable, Sendable, CustomStringConvertible {
  private let index: Int32

  private init(index: Int32) { self.index = index }

  /// The set named by the environment variable `PLUMB_CPU` if the processor has it, else the
  /// widest.
  public static let current = InstructionSet(index: plumb_preferred_set())

  /// What the environment variable `PLUMB_CPU` says, if that is no set this processor can run.
  public static var refusedName: String? {
    unsafe plumb_refused_set().map { unsafe String(cString: $0) }
  }

  /// Every set this processor can run, the narrowest first.
  public static let available = (0..<Int32(names.count))
    .filter { plumb_supports($0) != 0 }
    .map(InstructionSet.init(index:))

  private static let names = ["baseline", "v3", "v4"]

  /// `baseline`, `v3` (AVX2) or `v4` (AVX-512).
  public var name: String { Self.names[Int(index)] }

  public var description: String { name }

  /// The table of functions.
  var kernels: UnsafePointer<plumb_kernels> { unsafe plumb_kernels_of(index) }
}

/// The name of the instruction set in use: `baseline`, `v3` or `v4`.
public var instructionSet: String { InstructionSet.current.name }
