public import SpecSyntax
public import Tensors

/// The activation that `function` names, with its parameter at the default.
public struct Activate: ActivationOp {
  public static let name = "activation"
  public static let summary = "Applies the function it names to every value: `activation: tanh`."
  public static var shorthand: String? { "function" }
  public static var samples: [OpSample] {
    [OpSample("function: gelu", inputs: [5]), OpSample("function: linear", inputs: [2, 3])]
  }

  @Located public var activation: Activation

  public init(reading fields: inout FieldReader) {
    _activation = fields.required(
      "function", .activation, doc: "The function, with its own settings at their defaults.")
  }

  public init(_ activation: Activation) {
    _activation = Located(wrappedValue: activation)
  }
}
