internal import CKernels

/// What a normalisation remembers from its forward step: a mean and an inverse deviation for each
/// feature (batch), or each group of features and padded column (layer).
public struct NormalizationStatistics {
  public let mean: View
  public let inverseDeviation: View

  public init(mean: View, inverseDeviation: View) {
    self.mean = mean
    self.inverseDeviation = inverseDeviation
  }
}

/// What a batch normalisation keeps for inference, one number per feature.
public struct RunningStatistics {
  public let mean: View
  public let variance: View

  public init(mean: View, variance: View) {
    self.mean = mean
    self.variance = variance
  }
}

/// `output = scale · (x − mean) / √(variance + ε) + shift` with statistics over the columns in use.
///
/// A feature is `rowsPerFeature` consecutive rows: the positions of a channel. `running` moves by
/// `momentum` towards the batch's mean and unbiased variance.
public func batchNormForward(
  input: Matrix, scale: View, shift: View, output: Matrix, statistics: NormalizationStatistics,
  running: RunningStatistics?, momentum: Float = 0.1, epsilon: Float = 1e-5,
  rowsPerFeature: Int = 1, on set: InstructionSet = .current
) {
  let features = featureCount(input, rowsPerFeature)
  precondition(input.hasSize(of: output), "a normalisation needs an output of its input's size")
  precondition(input.columns > 0, "a batch normalisation needs at least one example")
  check(scale, shift, hold: features)
  check(statistics.mean, statistics.inverseDeviation, hold: features)
  if let running { check(running.mean, running.variance, hold: features) }
  var call = unsafe plumb_norm(
    input, scale: scale, rowsPerGroup: rowsPerFeature, epsilon: epsilon)
  unsafe call.setOutput(output, shift: shift)
  unsafe call.setStatistics(statistics)
  unsafe call.running_mean = unsafe running?.mean.base
  unsafe call.running_variance = unsafe running?.variance.base
  unsafe call.momentum = momentum
  unsafe set.kernels.pointee.batch_norm(&call)
}

/// The same with the running statistics: what inference computes.
public func batchNormInference(
  input: Matrix, scale: View, shift: View, output: Matrix, running: RunningStatistics,
  epsilon: Float = 1e-5, rowsPerFeature: Int = 1, on set: InstructionSet = .current
) {
  let features = featureCount(input, rowsPerFeature)
  precondition(input.hasSize(of: output), "a normalisation needs an output of its input's size")
  check(scale, shift, hold: features)
  check(running.mean, running.variance, hold: features)
  var call = unsafe plumb_norm(
    input, scale: scale, rowsPerGroup: rowsPerFeature, epsilon: epsilon)
  unsafe call.setOutput(output, shift: shift)
  unsafe call.running_mean = unsafe running.mean.base
  unsafe call.running_variance = unsafe running.variance.base
  unsafe set.kernels.pointee.batch_norm_apply(&call)
}

/// The gradients of `batchNormForward`, written or added to what is there.
public func batchNormBackward(
  input: Matrix, scale: View, statistics: NormalizationStatistics, outputGradient: Matrix,
  inputGradient: Matrix, scaleGradient: View, shiftGradient: View, accumulate: Bool = false,
  accumulateParameters: Bool = false, rowsPerFeature: Int = 1, on set: InstructionSet = .current
) {
  precondition(
    input.hasSize(of: outputGradient) && input.hasSize(of: inputGradient),
    "the gradient of a normalisation needs three matrices of one size")
  let features = featureCount(input, rowsPerFeature)
  check(scale, scale, hold: features)
  check(scaleGradient, shiftGradient, hold: features)
  check(statistics.mean, statistics.inverseDeviation, hold: features)
  var call = unsafe plumb_norm(input, scale: scale, rowsPerGroup: rowsPerFeature, epsilon: 0)
  unsafe call.setStatistics(statistics)
  unsafe call.setGradients(
    output: outputGradient, input: inputGradient, scale: scaleGradient, shift: shiftGradient,
    accumulate: accumulate, accumulateParameters: accumulateParameters)
  unsafe set.kernels.pointee.batch_norm_backward(&call)
}

/// `output = scale · (x − mean) / √(variance + ε) + shift` with statistics over the rows of each
/// column, in `groups` of as many rows each; the statistics hold a number per group and padded
/// column. `rowsPerFeature` consecutive rows share scale and shift: the positions of a channel.
public func layerNormForward(
  input: Matrix, scale: View, shift: View, output: Matrix, statistics: NormalizationStatistics,
  epsilon: Float = 1e-5, groups: Int = 1, rowsPerFeature: Int = 1,
  on set: InstructionSet = .current
) {
  precondition(input.hasSize(of: output), "a normalisation needs an output of its input's size")
  guard input.rows > 0 else { return }
  check(scale, shift, hold: featureCount(input, rowsPerFeature))
  check(statistics.mean, statistics.inverseDeviation, hold: groups * input.lanes)
  var call = unsafe plumb_norm(input, scale: scale, rowsPerGroup: rowsPerFeature, epsilon: epsilon)
  unsafe call.rows_per_example_group = rowsPerGroup(input, groups, rowsPerFeature)
  unsafe call.setOutput(output, shift: shift)
  unsafe call.setStatistics(statistics)
  unsafe set.kernels.pointee.layer_norm(&call)
}

/// The gradients of `layerNormForward`, written or added to what is there.
public func layerNormBackward(
  input: Matrix, scale: View, statistics: NormalizationStatistics, outputGradient: Matrix,
  inputGradient: Matrix, scaleGradient: View, shiftGradient: View, accumulate: Bool = false,
  accumulateParameters: Bool = false, groups: Int = 1, rowsPerFeature: Int = 1,
  on set: InstructionSet = .current
) {
  precondition(
    input.hasSize(of: outputGradient) && input.hasSize(of: inputGradient),
    "the gradient of a normalisation needs three matrices of one size")
  guard input.rows > 0 else { return }
  let features = featureCount(input, rowsPerFeature)
  check(scale, scale, hold: features)
  check(scaleGradient, shiftGradient, hold: features)
  check(statistics.mean, statistics.inverseDeviation, hold: groups * input.lanes)
  var call = unsafe plumb_norm(input, scale: scale, rowsPerGroup: rowsPerFeature, epsilon: 0)
  unsafe call.rows_per_example_group = rowsPerGroup(input, groups, rowsPerFeature)
  unsafe call.setStatistics(statistics)
  unsafe call.setGradients(
    output: outputGradient, input: inputGradient, scale: scaleGradient, shift: shiftGradient,
    accumulate: accumulate, accumulateParameters: accumulateParameters)
  unsafe set.kernels.pointee.layer_norm_backward(&call)
}

private func featureCount(_ input: Matrix, _ rowsPerFeature: Int) -> Int {
  precondition(
    rowsPerFeature > 0 && input.rows % rowsPerFeature == 0,
    "a normalisation needs the same number of rows for every feature")
  return input.rows / rowsPerFeature
}

private func rowsPerGroup(_ input: Matrix, _ groups: Int, _ rowsPerFeature: Int) -> Int {
  precondition(
    groups > 0 && input.rows % (groups * rowsPerFeature) == 0,
    "a normalisation needs the same number of whole features in every group")
  return input.rows / groups
}

private func check(_ first: View, _ second: View, hold count: Int) {
  precondition(
    first.count >= count && second.count >= count,
    "a normalisation needs one number per feature or column")
}

extension plumb_norm {
  fileprivate init(_ input: Matrix, scale: View, rowsPerGroup: Int, epsilon: Float) {
    unsafe self.init()
    unsafe self.input = unsafe UnsafePointer(input.base)
    unsafe self.scale = unsafe UnsafePointer(scale.base)
    unsafe (rows, columns, rows_per_group) = (input.rows, input.columns, rowsPerGroup)
    unsafe input_stride = input.stride
    unsafe self.epsilon = epsilon
  }

  fileprivate mutating func setOutput(_ matrix: Matrix, shift: View) {
    unsafe output = unsafe matrix.base
    unsafe output_stride = matrix.stride
    unsafe self.shift = unsafe UnsafePointer(shift.base)
  }

  fileprivate mutating func setStatistics(_ statistics: NormalizationStatistics) {
    unsafe mean = unsafe statistics.mean.base
    unsafe inverse_deviation = unsafe statistics.inverseDeviation.base
  }

  fileprivate mutating func setGradients(
    output: Matrix, input: Matrix, scale: View, shift: View, accumulate: Bool,
    accumulateParameters: Bool
  ) {
    unsafe output_gradient = unsafe UnsafePointer(output.base)
    unsafe output_gradient_stride = output.stride
    unsafe input_gradient = unsafe input.base
    unsafe input_gradient_stride = input.stride
    unsafe scale_gradient = unsafe scale.base
    unsafe shift_gradient = unsafe shift.base
    unsafe self.accumulate = accumulate ? 1 : 0
    unsafe accumulate_parameters = accumulateParameters ? 1 : 0
  }
}
