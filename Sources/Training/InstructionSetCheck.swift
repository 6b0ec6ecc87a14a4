internal import Tensors

/// Throws if the environment asks for an instruction set that this processor does not have.
package func checkInstructionSet() throws(TrainingError) {
  guard let name = InstructionSet.refusedName else { return }
  let names = InstructionSet.available.map { "`\($0.name)`" }.joined(separator: ", ")
  throw TrainingError(
    "`PLUMB_CPU=\(name)` names no instruction set of this processor",
    hints: ["it has \(names)", "leave the variable out, and the widest is taken"])
}
