public import SpecSyntax

/// What one training step found.
public struct StepResult: Sendable {
  /// The weighted mean loss of the batch, before the step.
  public let loss: Double
  /// The length of the gradient of all parameters, before clipping.
  public let gradientNorm: Double
  /// Where numbers stopped being finite; the parameters were then left as they were.
  public let nonFinite: NonFinite?
}

/// The first place where a number is infinite or not a number.
public struct NonFinite: Sendable, Equatable {
  /// What kind of number it is.
  public enum Kind: String, Sendable {
    case input, activations, loss, gradient, parameters
    /// A number that names no level of an embedding.
    case index
  }

  public let kind: Kind
  /// The name of the layer; nil for the input and the loss.
  public let layer: String?
  /// Where the layer was written.
  public let range: SourceRange
  /// What is wrong with an index, in words.
  public let fault: String?

  init(_ kind: Kind, in node: Graph.Node? = nil, fault: String? = nil) {
    self.kind = kind
    self.fault = fault
    layer = node?.name
    range = node?.range ?? .none
  }

  /// In words, before "is not finite".
  public var place: String {
    let layer = layer ?? ""
    return switch kind {
    case .input: "the network's input"
    case .activations: "the output of layer `\(layer)`"
    case .loss: "the loss"
    case .gradient: "the gradient of layer `\(layer)`"
    case .parameters: "the parameters of layer `\(layer)`"
    case .index: "the input of layer `\(layer)`"
    }
  }
}
