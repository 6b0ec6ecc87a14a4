internal import Tensors

/// `W·(x − m) + c`: a straight line through the encoded inputs, to compare networks with.
struct LinearModel: Sendable {
  let inputs: Int
  let outputs: Int
  /// Input-major: the weights of the first input to every output, then those of the second.
  var weights: [Double]
  var intercepts: [Double]
  /// The mean of every input where the model was fitted.
  var means: [Float]

  /// The outputs for rows, row-major.
  func values(for rows: FeatureRows) -> [Double] {
    let blockSize = 256
    let stride = padded(outputs)
    let arena = Arena(floatCount: (inputs + outputs) * blockSize + (inputs + 1) * stride)
    let memory = arena.whole
    let weightCount = inputs * stride
    let parameters = Matrix(memory.window(0, weightCount), rows: inputs, columns: outputs)
    let bias = memory.window(weightCount, stride)
    for j in 0..<outputs { bias[j] = Float(intercepts[j]) }
    for i in 0..<inputs {
      for j in 0..<outputs { parameters[i, j] = Float(weights[i * outputs + j]) }
    }
    let blockStart = weightCount + stride
    let inputView = memory.window(blockStart, inputs * blockSize)
    let outputView = memory.window(blockStart + inputs * blockSize, outputs * blockSize)
    var result: [Double] = []
    result.reserveCapacity(rows.count * outputs)
    for start in Swift.stride(from: 0, to: rows.count, by: blockSize) {
      let range = start..<min(start + blockSize, rows.count)
      let x = Matrix(inputView, rows: inputs, columns: range.count, stride: blockSize)
      let y = Matrix(outputView, rows: outputs, columns: range.count, stride: blockSize)
      rows.copy(range, less: means, into: x)
      denseForward(weights: parameters, bias: bias, input: x, output: y)
      for b in 0..<range.count {
        for j in 0..<outputs { result.append(Double(y[j, b])) }
      }
    }
    return result
  }
}
