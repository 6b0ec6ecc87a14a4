public import NetworkGraph
public import SpecSyntax
public import Tensors

/// The network: a stack of dense layers, or a list of operations.
public struct ModelSection: FieldReadable {
  @Located public var hiddenLayers: Setting<[Int]>
  @Located public var layers: [LayerSpec]?
  @Located public var activation: Activation
  @Located public var dropout: Double
  @Located public var normalization: Normalization
  @Located public var initializer: Setting<any Initializer>

  /// What stands between a dense layer and its activation.
  public enum Normalization: String, Sendable, CaseIterable {
    case none, batch, layer

    static let choices: [(name: String, value: Normalization, doc: String)] = [
      ("none", .none, "nothing"),
      ("batch", .batch, "batch normalization"),
      ("layer", .layer, "layer normalization"),
    ]
  }

  public init(reading fields: inout FieldReader) {
    _hiddenLayers = fields.auto(
      "hidden_layers", Self.widths,
      doc: "Neurons of each hidden layer, first to last; `[]` is a linear model.")
    _layers = fields.optional(
      "layers", .list(of: LayerSpec.type, limit: Self.maximumLayers),
      doc: """
        The network as a list of operations, in place of `hidden_layers`. Each takes the one \
        before unless `from` names others. The output layer is added.
        """)
    _activation = fields.field(
      "activation", .activation, default: .relu,
      doc: "The function after each hidden layer.")
    _dropout = fields.field(
      "dropout", .fraction, default: 0,
      doc: "The share of hidden values set to zero in training, after each hidden layer.")
    _normalization = fields.field(
      "normalization", .choice(Normalization.choices), default: .none,
      doc: "What stands between each hidden layer and its activation.")
    _initializer = fields.auto(
      "initializer", .initializer,
      doc: "How weights start: `he` suits relu-like activations, `glorot` the others.")
    checkRelations(&fields)
  }

  /// The neurons of each layer.
  static let widths = FieldType<[Int]>.list(
    of: .integer(1...1_000_000), limit: maximumLayers)

  /// The most layers that a network is built of.
  static let maximumLayers = 1000

  /// Whether there are more layers than a network is built of.
  var isTooDeep: Bool {
    max(hiddenLayers.value?.count ?? 0, layers?.count ?? 0) > Self.maximumLayers
  }

  private func checkRelations(_ fields: inout FieldReader) {
    if isTooDeep {
      let isList = layers == nil
      fields.report(
        .tooManyLayers(
          limit: Self.maximumLayers, at: isList ? $hiddenLayers : $layers,
          path: fields.path.key(isList ? "hidden_layers" : "layers")))
    }
    guard layers != nil, let layersKey = fields.keyRange("layers") else {
      guard hiddenLayers.value == [], fields.isWritten("hidden_layers") else { return }
      for name in ["activation", "dropout", "normalization"] where fields.isWritten(name) {
        guard let node = fields.keyNode(name) else { continue }
        fields.report(
          .noEffect(
            node, because: "a model without hidden layers does not use it",
            path: fields.path.key(name), secondary: [Label($hiddenLayers, "no hidden layers")]))
      }
      return
    }
    if fields.isWritten("hidden_layers"), let key = fields.keyNode("hidden_layers"),
      let other = fields.keyNode("layers")
    {
      fields.report(
        .exclusiveKeys(
          key, with: other, because: "both describe the network's layers",
          path: fields.path.key("hidden_layers")))
    }
    for name in ["activation", "dropout", "normalization"] where fields.isWritten(name) {
      guard let node = fields.keyNode(name) else { continue }
      fields.report(
        .noEffect(
          node, because: "the operations in `layers` say it themselves",
          path: fields.path.key(name), secondary: [Label(layersKey, "operations one by one")]))
    }
  }
}

/// One operation of `layers`, with its name and its inputs.
public struct LayerSpec: FieldReadable {
  public let op: any Op
  @Located public var name: String?
  /// The layers it takes: names, `previous` or `input`; nil for the one before.
  @Located public var from: [Located<String>]?
  /// Where the operation stands.
  public let range: SourceRange
  public let path: SpecPath

  public init(reading fields: inout FieldReader) {
    _name = fields.optional(
      "name", .text("layer name"), doc: "A name that `from` can refer to.")
    _from = fields.optional(
      "from", .list(of: FieldType<String>.text("layer name").located),
      doc: "The layers it takes: names, `previous` for the one before, `input` for the inputs.")
    let found = fields.variantKey("operation", Ops.variants)
    op = found
    range = fields.range
    path = fields.path
  }

  /// The author's name for the layer and where it stands.
  var locatedName: Located<String>? {
    name.map { Located(wrappedValue: $0, at: $name, isWritten: true) }
  }

  private init(_ op: any Op, from: [Located<String>], of layer: LayerSpec) {
    self.op = op
    _name = layer._name
    _from = Located(wrappedValue: from)
    range = layer.range
    path = layer.path
  }

  /// The same layer with another operation and other inputs.
  func replacing(_ op: any Op, from: [Located<String>]) -> LayerSpec {
    LayerSpec(op, from: from, of: self)
  }

  static var type: FieldType<LayerSpec> {
    .section(scalarIsKey: true, show: { $0.op.name })
  }
}
