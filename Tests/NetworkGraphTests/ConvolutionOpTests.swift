import NetworkGraph
import SpecSyntax
import Tensors
import Testing

@Suite("Convolutions and pooling")
struct ConvolutionOpTests {
  /// An operation, its fields, its input and the shape that comes out.
  static let shapes: [(String, String, Shape, Shape)] = [
    ("conv2d", "filters: 16", [1, 28, 28], [16, 26, 26]),
    ("conv2d", "filters: 8, padding: same, stride: 2", [3, 7, 8], [8, 4, 4]),
    ("conv2d", "filters: 8, kernel: 5, padding: 1, dilation: 2", [3, 9, 8], [8, 3, 2]),
    ("conv1d", "filters: 4, kernel: 5, padding: same", [2, 30], [4, 30]),
    ("conv1d", "filters: 4, kernel: 4, stride: 3", [2, 11], [4, 3]),
    ("max_pool2d", "size: 2", [16, 13, 12], [16, 6, 6]),
    ("max_pool2d", "size: 3, stride: 2, padding: 1", [16, 13, 13], [16, 7, 7]),
    ("average_pool1d", "size: 4, padding: same", [3, 9], [3, 3]),
    ("global_average_pool", "", [5, 4, 3], [5]), ("global_max_pool", "", [5, 9], [5]),
  ]

  @Test("shapes follow from kernel, stride, padding and dilation", arguments: shapes)
  func shape(name: String, fields: String, input: Shape, output: Shape) throws {
    let op = try read(OpDocument.self, name, fields).op
    #expect(try op.outputShape(for: [input]) == output)
  }

  /// An operation that cannot take its input, and parts of what is said about it.
  static let refused: [(String, String, Shape, String, String)] = [
    ("conv2d", "filters: 4", [64], "a flat row of 64", "`shape: [1, 8, 8]` under `data`"),
    ("conv2d", "filters: 4", [8, 8], "its input is 8×8", "`shape: [1, 8, 8]` under `data`"),
    ("conv1d", "filters: 4", [1, 8, 8], "channels and length", "ends in 2d"),
    ("conv2d", "filters: 4, kernel: 5", [1, 4, 9], "the height has 4", "`padding: same`"),
    ("conv2d", "filters: 4, dilation: 4", [1, 9, 8], "spans 9 positions", "a smaller kernel"),
    ("conv2d", "filters: 4, groups: 2", [3, 8, 8], "3 channels cannot", "divisor of 3"),
    ("conv2d", "filters: 3, groups: 2", [4, 8, 8], "3 filters cannot", "multiple of 2"),
    ("conv1d", "filters: 3, padding: 3", [4, 8], "see none of the length", "less than the 3"),
    ("max_pool2d", "size: 2", [5], "a flat row of 5", "[channels, height, width]"),
    ("max_pool1d", "size: 4", [2, 3], "the length has 3", "a smaller size"),
    ("global_max_pool", "", [1, 300, 300], "at most 65536", "make the image smaller"),
    ("global_average_pool", "", [12], "a flat row of 12", "under `data`"),
  ]

  @Test("what does not fit is refused with a way out", arguments: refused)
  func refusal(name: String, fields: String, input: Shape, message: String, help: String) throws {
    let op = try read(OpDocument.self, name, fields).op
    do throws(ShapeError) {
      let shape = try op.outputShape(for: [input])
      Issue.record("\(shape) came out")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
      #expect(error.help?.contains(help) == true, "\(error.help ?? "no help")")
    }
  }

  @Test("filters are named and shaped as other programs have them")
  func fileShape() throws {
    let graph = try network(
      [("conv2d", "filters: 6, kernel: 3, groups: 2"), ("flatten", "")], input: [4, 3, 3])
    let executor = Executor(
      Plan(graph: graph, batch: 2, loss: MeanSquaredError(), optimizer: Adam()), seed: 1)
    let tensors = executor.namedTensors()
    #expect(tensors.map(\.name) == ["conv2d1.weight", "conv2d1.bias"])
    #expect(tensors[0].shape == [6, 2, 3, 3] && tensors[1].shape == [6])
    // One example of zeros but for one value shows where a weight lies in the file.
    var features = [Float](repeating: 0, count: 36)
    // Of four channels of three rows of three: channel 3, row 1, column 2.
    features[32] = 1
    let data = TrainingData(
      features: features, featureCount: 36, targets: Array(repeating: 0, count: 6), targetCount: 6)
    let outputs = executor.evaluate(rows: data.rows, of: data).outputs
    // Channel 3 is the second of the second group, which filters 3 to 5 see.
    let weights = tensors[0].values
    let seen: [Float] = (3..<6).map { filter in
      let start = (filter * 2 + 1) * 9
      return weights[start + 5]
    }
    #expect(outputs == [0, 0, 0] + seen)
  }

  @Test("a convolution that pools in its own sweep trains as the two do", arguments: [7, 8])
  func fusion(size: Int) throws {
    for activation in ["relu", "linear"] {
      let runs = try [true, false].map { isFused in
        let convolution = ("conv2d", "filters: 5, padding: same, activation: \(activation)")
        // A reshape between the two keeps them apart.
        let layers = [convolution, ("max_pool2d", "size: 2"), ("flatten", "")]
        let graph = try network(
          isFused ? layers : [convolution, ("reshape", "shape: [5, \(size), \(size)]")]
            + layers.dropFirst(), input: [2, size, size])
        let executor = Executor(
          Plan(graph: graph, batch: 20, loss: MeanSquaredError(), optimizer: SGD(momentum: 0)),
          seed: 5)
        let data = randomData(graph, rows: 20, seed: 6)
        let losses = (0..<4).map { _ in
          executor.trainStep(rows: data.rows[...], of: data, rate: 0.1).loss
        }
        return losses + executor.parameters.map(Double.init)
      }
      #expect(zip(runs[0], runs[1]).allSatisfy { abs($0 - $1) < 1e-5 }, "\(activation)")
    }
  }

  @Test("the cost of a convolution is two operations per weight and position")
  func cost() throws {
    let op = try read(OpDocument.self, "conv2d", "filters: 16, activation: relu").op
    #expect(op.flops(for: [[1, 28, 28]]) == 16 * 26 * 26 * (2 * 9 + 1))
  }

  /// A chain of operations on an input.
  private func network(_ layers: [(String, String)], input: Shape) throws -> Graph {
    var builder = GraphBuilder(input: input)
    var log = DiagnosticLog()
    for (name, fields) in layers {
      builder.add(try read(OpDocument.self, name, fields).op, into: &log)
    }
    return try finished(&builder, &log)
  }
}
