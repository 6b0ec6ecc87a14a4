internal import CKernels

/// Copies a matrix, padding included.
public func copy(_ source: Matrix, into target: Matrix, on set: InstructionSet = .current) {
  move(source, into: target, accumulate: false, on: set)
}

/// Adds a matrix to another, padding included.
public func add(_ source: Matrix, into target: Matrix, on set: InstructionSet = .current) {
  move(source, into: target, accumulate: true, on: set)
}

private func move(
  _ source: Matrix, into target: Matrix, accumulate: Bool, on set: InstructionSet
) {
  precondition(source.hasSize(of: target), "a copy or sum needs two matrices of one size")
  if unsafe !accumulate && source.base == target.base { return }
  var sizes = sizes(of: target, strides: (source.stride, target.stride, 0, 0))
  unsafe set.kernels.pointee.copy(source.base, target.base, accumulate ? 1 : 0, &sizes)
}

/// `output = a · b` element by element, added to what is there if asked.
public func multiply(
  _ a: Matrix, _ b: Matrix, into output: Matrix, accumulate: Bool = false,
  on set: InstructionSet = .current
) {
  precondition(
    a.hasSize(of: output) && b.hasSize(of: output), "a product needs three matrices of one size")
  var sizes = sizes(of: output, strides: (a.stride, b.stride, output.stride, 0))
  unsafe set.kernels.pointee.multiply(a.base, b.base, output.base, accumulate ? 1 : 0, &sizes)
}

/// `probabilities[c, b] = e^logits[c, b] / Σ_c e^logits[c, b]`; both may be the same memory.
public func softmax(
  logits: Matrix, probabilities: Matrix, on set: InstructionSet = .current
) {
  precondition(logits.hasSize(of: probabilities), "a softmax needs an output of its input's size")
  guard logits.rows > 0 else { return }
  var sizes = sizes(of: logits, strides: (logits.stride, probabilities.stride, 0, 0))
  unsafe set.kernels.pointee.softmax(logits.base, probabilities.base, &sizes)
}

/// Zeroes a share `rate` of the elements and scales the others by `1 / (1 − rate)`.
///
/// `mask` keeps the factor of every element for the gradient. The choice depends only on `key`,
/// `counter`, the row, the column and the padded number of columns: it is the same on every
/// instruction set.
public func dropoutForward(
  input: Matrix, output: Matrix, mask: Matrix, rate: Float, key: UInt64, counter: UInt64,
  on set: InstructionSet = .current
) {
  precondition(rate >= 0 && rate < 1, "a dropout rate lies between 0 and 1")
  precondition(
    input.hasSize(of: output) && input.hasSize(of: mask),
    "dropout needs three matrices of one size")
  let threshold = UInt32(min(Double(rate) * 4_294_967_296, 4_294_967_295))
  var sizes = sizes(of: output, strides: (input.stride, mask.stride, output.stride, 0))
  unsafe set.kernels.pointee.dropout(
    input.base, mask.base, output.base, threshold, 1 / (1 - rate), key, counter, &sizes)
}

/// Dropout for layers that keep mean 0 and variance 1 (Klambauer et al. 2017): a share `rate` of
/// the elements is set to `α′ = −1.7581`, the least value of `selu`, and all are then scaled and
/// shifted so that mean and variance stay.
///
/// With `q = 1 − rate`, `y = a·x + b` or `a·α′ + b` where `a = (q + α′²·q·rate)^−½` and
/// `b = −a·rate·α′`. `mask` keeps `a` or 0 for the gradient, which is that of `dropoutBackward`.
public func alphaDropoutForward(
  input: Matrix, output: Matrix, mask: Matrix, rate: Float, key: UInt64, counter: UInt64,
  on set: InstructionSet = .current
) {
  precondition(rate >= 0 && rate < 1, "a dropout rate lies between 0 and 1")
  precondition(
    input.hasSize(of: output) && input.hasSize(of: mask),
    "dropout needs three matrices of one size")
  // −scale · alpha of selu.
  let least = -1.0507009873554805 * 1.6732632423543772
  let (rate, kept) = (Double(rate), 1 - Double(rate))
  let factor = 1 / (kept + least * least * kept * rate).squareRoot()
  let offset = -factor * rate * least
  let threshold = UInt32(min(rate * 4_294_967_296, 4_294_967_295))
  var sizes = sizes(of: output, strides: (input.stride, mask.stride, output.stride, 0))
  unsafe set.kernels.pointee.alpha_dropout(
    input.base, mask.base, output.base, threshold, Float(factor), Float(offset),
    Float(factor * least + offset), key, counter, &sizes)
}

/// `inputGradient = outputGradient · mask`, added to what is there if asked.
public func dropoutBackward(
  outputGradient: Matrix, mask: Matrix, inputGradient: Matrix, accumulate: Bool = false,
  on set: InstructionSet = .current
) {
  multiply(outputGradient, mask, into: inputGradient, accumulate: accumulate, on: set)
}
