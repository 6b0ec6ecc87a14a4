import Tensors

/// One trainable tensor of an operation: a matrix whose rows are padded in storage.
public struct ParameterTensor: Sendable {
  /// What a tensor is for; only weights decay, only weights and embeddings are drawn at random.
  public enum Kind: String, Sendable {
    case weight, bias, scale, shift
    /// A row for each level, of which a step sees only some.
    case embedding
    case frequency
  }

  /// Its name within the layer: `weight`, `bias`.
  public let name: String
  public let kind: Kind
  public let rows: Int
  public let columns: Int
  /// How many inputs one output sums over, for the initialiser.
  public let fanIn: Int
  /// How many outputs one input reaches, for the initialiser.
  public let fanOut: Int
  /// What the tensor holds before the first step.
  public let start: Start
  /// How many of the first rows start at zero, whatever `start` says.
  public var zeroRows = 0
  /// The sizes of the kernel of a convolution, over which the rows run in each channel.
  public var kernel: [Int] = []

  /// The values of a tensor before the first step.
  public enum Start: Sendable {
    case constant(Float)
    case drawn(any Initializer)
    /// Normal numbers around 0.
    case normal(deviation: Double)
  }

  /// Random numbers by an initialiser.
  public static func weight(
    _ name: String = "weight", inputs: Int, outputs: Int, initializer: any Initializer
  ) -> ParameterTensor {
    ParameterTensor(
      name: name, kind: .weight, rows: inputs, columns: outputs, fanIn: inputs, fanOut: outputs,
      start: .drawn(initializer))
  }

  /// The filters of a convolution, each over so many channels and the taps of its kernel.
  public static func filters(
    _ count: Int, channels: Int, kernel: [Int], initializer: any Initializer
  ) -> ParameterTensor {
    let taps = kernel.reduce(1, *)
    return ParameterTensor(
      name: "weight", kind: .weight, rows: channels * taps, columns: count,
      fanIn: channels * taps, fanOut: count * taps, start: .drawn(initializer),
      kernel: kernel)
  }

  /// A row of `size` numbers per level, drawn with `size` for the number of inputs and outputs, of
  /// which the first `zeroRows` start at zero.
  public static func embedding(
    _ name: String = "weight", levels: Int, size: Int, initializer: any Initializer,
    zeroRows: Int = 0
  ) -> ParameterTensor {
    ParameterTensor(
      name: name, kind: .embedding, rows: levels, columns: size, fanIn: size, fanOut: size,
      start: .drawn(initializer), zeroRows: zeroRows)
  }

  /// One number per output, all equal at the start.
  public static func vector(
    _ name: String, _ kind: Kind, count: Int, start: Float = 0
  ) -> ParameterTensor {
    ParameterTensor(
      name: name, kind: kind, rows: 1, columns: count, fanIn: 1, fanOut: 1,
      start: .constant(start))
  }

  /// How many numbers are trained.
  public var count: Int { rows * columns }
  /// Its shape in files, as other programs have it: `[outputs, inputs]`, `[filters, channels,
  /// …kernel]`, `[levels, size]` or `[count]`.
  var fileShape: [Int] {
    switch kind {
    case .weight: [columns, rows / kernel.reduce(1, *)] + kernel
    case .embedding: [rows, columns]
    case .bias, .scale, .shift, .frequency: [columns]
    }
  }
  /// How many floats it occupies: every row is padded to whole vectors.
  public var storedCount: Int { rows * padded(columns) }
}

/// A vector that training changes but the optimiser does not: running statistics.
public struct StateTensor: Sendable {
  public let name: String
  public let count: Int
  public let start: Float

  public init(_ name: String, count: Int, start: Float) {
    self.name = name
    self.count = count
    self.start = start
  }

  /// How many floats it occupies.
  public var storedCount: Int { padded(count) }
}
