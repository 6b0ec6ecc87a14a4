import SpecSyntax
import Tensors

/// A tensor of a network by name, for files: `dense1.weight`.
public struct NamedTensor: Sendable, Equatable {
  public var name: String
  /// `[outputs, inputs]` for weights, `[filters, channels, …kernel]` for those of a convolution,
  /// `[levels, size]` for embeddings, `[count]` for vectors.
  public var shape: [Int]
  /// Row-major, without padding.
  public var values: [Float]

  public init(name: String, shape: [Int], values: [Float]) {
    self.name = name
    self.shape = shape
    self.values = values
  }
}

/// Why tensors do not belong to a network.
public struct ParameterError: Error, Sendable {
  /// In the words of a message: lower case, no full stop.
  public let message: String
}

extension Executor {
  /// All parameters, padding included, in the order of the plan; for keeping the best.
  public var parameters: [Float] {
    get { optimizerBuffers.parameters.array }
    set { optimizerBuffers.parameters.copy(from: newValue) }
  }

  /// All running statistics in the order of the plan.
  public var state: [Float] {
    get { layout.nodes.flatMap { $0.buffers.state.flatMap(\.array) } }
    set {
      var rest = newValue[...]
      for view in layout.nodes.flatMap(\.buffers.state) {
        view.copy(from: Array(rest.prefix(view.count)))
        rest = rest.dropFirst(view.count)
      }
      precondition(rest.isEmpty, "the state of another network cannot be taken")
    }
  }

  /// Parameters and running statistics by name, in the order of the layers.
  public func namedTensors() -> [NamedTensor] {
    storedTensors().map { stored in
      var values: [Float] = []
      values.reserveCapacity(stored.matrix.rows * stored.matrix.columns)
      stored.forEachIndex { values.append(stored.matrix.view[$0]) }
      return NamedTensor(name: stored.name, shape: stored.shape, values: values)
    }
  }

  /// Sets the bias of the last layer, if it has one: where the outputs are before any step.
  public func startOutputs(at values: [Float]) {
    guard let last = layout.nodes.last else { return }
    for (tensor, matrix) in zip(last.node.parameters, last.buffers.parameters)
    where tensor.kind == .bias && tensor.columns == values.count {
      for (column, value) in values.enumerated() { matrix[0, column] = value }
    }
  }

  /// Takes over tensors that `namedTensors` of the same network gave; all or none.
  public func load(_ tensors: [NamedTensor]) throws(ParameterError) {
    var named: [String: NamedTensor] = [:]
    for tensor in tensors where named.updateValue(tensor, forKey: tensor.name) != nil {
      throw ParameterError(message: "the tensor `\(tensor.name)` is there twice")
    }
    let stored = storedTensors()
    for place in stored {
      guard let tensor = named[place.name] else {
        throw ParameterError(message: "the tensor `\(place.name)` is missing")
      }
      guard tensor.shape == place.shape, tensor.values.count == place.shape.reduce(1, *) else {
        throw ParameterError(
          message: "the tensor `\(place.name)` has the shape \(Shape(tensor.shape)), "
            + "but the network needs \(Shape(place.shape))")
      }
    }
    let names = Set(stored.map(\.name))
    for stranger in tensors where !names.contains(stranger.name) {
      throw ParameterError(message: "the network has no tensor `\(stranger.name)`")
    }
    for place in stored {
      var rest = (named[place.name]?.values ?? [])[...]
      place.forEachIndex { place.matrix.view[$0] = rest.removeFirst() }
    }
  }

  /// Where the tensors lie, with their names.
  private func storedTensors() -> [StoredTensor] {
    layout.nodes.flatMap { bound in
      let parameters = zip(bound.node.parameters, bound.buffers.parameters).map { tensor, matrix in
        StoredTensor(
          name: "\(bound.node.name).\(tensor.name)", matrix: matrix, shape: tensor.fileShape,
          isByColumn: tensor.kind == .weight)
      }
      let state = zip(bound.node.state, bound.buffers.state).map { tensor, view in
        StoredTensor(
          name: "\(bound.node.name).\(tensor.name)",
          matrix: Matrix(view, rows: 1, columns: tensor.count), shape: [tensor.count],
          isByColumn: false)
      }
      return parameters + state
    }
  }
}

/// A tensor in the arena, where weights lie with their inputs as rows.
private struct StoredTensor {
  let name: String
  let matrix: Matrix
  let shape: [Int]
  /// Whether a file has the columns one after another.
  let isByColumn: Bool

  /// Gives the places of the values in the order of a file.
  func forEachIndex(_ body: (Int) -> Void) {
    guard isByColumn else {
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns { body(row * matrix.stride + column) }
      }
      return
    }
    for column in 0..<matrix.columns {
      for row in 0..<matrix.rows { body(row * matrix.stride + column) }
    }
  }
}
