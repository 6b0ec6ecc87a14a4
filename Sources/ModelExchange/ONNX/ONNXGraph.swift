/// A graph of ONNX that is being built: every value has a name, every node makes one value.
struct ONNXGraph {
  /// Types of numbers and texts, by the number that the format has for them.
  enum Element: Int {
    case float = 1
    case int64 = 7
    case string = 8
    case double = 11
  }

  /// What begins the names of new values: the layer or column they belong to.
  var scope = ""
  private(set) var nodes: [ProtocolBuffer] = []
  private(set) var constants: [ProtocolBuffer] = []
  private(set) var inputs: [ProtocolBuffer] = []
  private(set) var outputs: [ProtocolBuffer] = []
  private var taken: Set<String> = []
  private var scalars: [Double: String] = [:]

  /// Adds an input with one size left open: the rows.
  mutating func addInput(_ name: String, _ element: Element, shape: [Int]) -> String {
    let name = free(name)
    inputs.append(ONNXMessage.value(name, element, shape: shape))
    return name
  }

  /// Makes a value an output under a name of its own, which may be lengthened to be free.
  mutating func addOutput(_ value: String, as name: String, _ element: Element, shape: [Int]) {
    let name = free(name)
    nodes.append(
      ONNXMessage.node("Identity", name: free("\(name)/Identity"), [value], [name]))
    outputs.append(ONNXMessage.value(name, element, shape: shape))
  }

  /// Adds a node; gives the name of its output.
  mutating func add(
    _ type: String, _ inputs: [String], _ attributes: [ONNXAttribute] = [], domain: String = ""
  ) -> String {
    let name = free(scope.isEmpty ? type : "\(scope)/\(type)")
    nodes.append(
      ONNXMessage.node(type, name: name, inputs, [name], attributes, domain: domain))
    return name
  }

  /// Adds a node with several outputs of which the first is used.
  mutating func addFirst(
    of count: Int, _ type: String, _ inputs: [String], _ attributes: [ONNXAttribute] = []
  ) -> String {
    let name = free("\(scope)/\(type)")
    let others = (1..<count).map { free("\(name)/\($0)") }
    nodes.append(ONNXMessage.node(type, name: name, inputs, [name] + others, attributes))
    return name
  }

  /// Adds a tensor of floats.
  mutating func constant(_ values: [Float], shape: [Int], name: String = "constant") -> String {
    constant(name, .float, shape) { bytes in
      for value in values { appendLittleEndian(value.bitPattern, to: &bytes) }
    }
  }

  /// Adds a tensor as the network has it, under its own name.
  mutating func constant(_ tensor: SafeTensors.Tensor, shape: [Int]? = nil) -> String {
    constant(tensor.values, shape: shape ?? tensor.shape, name: tensor.name)
  }

  /// Adds a tensor of doubles.
  mutating func constant(doubles values: [Double], shape: [Int]) -> String {
    constant("constant", .double, shape) { bytes in
      for value in values { appendLittleEndian(value.bitPattern, to: &bytes) }
    }
  }

  /// Adds a vector of whole numbers.
  mutating func constant(integers values: [Int]) -> String {
    constant("constant", .int64, [values.count]) { bytes in
      for value in values { appendLittleEndian(Int64(value), to: &bytes) }
    }
  }

  /// A double without a shape, shared by all that need it.
  mutating func scalar(_ value: Double) -> String {
    if let name = scalars[value] { return name }
    let name = constant("scalar", .double, []) {
      appendLittleEndian(value.bitPattern, to: &$0)
    }
    scalars[value] = name
    return name
  }

  private mutating func constant(
    _ name: String, _ element: Element, _ shape: [Int], _ write: (inout [UInt8]) -> Void
  ) -> String {
    let own = scope.isEmpty || name.contains(".") ? name : "\(scope)/\(name)"
    let name = free(own)
    var bytes: [UInt8] = []
    write(&bytes)
    constants.append(ONNXMessage.tensor(name, element, shape: shape, bytes: bytes))
    return name
  }

  /// The name, or the name with the first number that makes it new.
  private mutating func free(_ name: String) -> String {
    var (result, number) = (name, 2)
    while !taken.insert(result).inserted {
      result = "\(name)_\(number)"
      number += 1
    }
    return result
  }
}

extension ONNXGraph {
  /// The rows with another shape behind the first size.
  mutating func reshape(_ value: String, to sizes: [Int]) -> String {
    add("Reshape", [value, constant(integers: [0] + sizes)])
  }

  /// Values as another type.
  mutating func cast(_ value: String, to element: Element) -> String {
    add("Cast", [value], [.integer("to", element.rawValue)])
  }

  /// Values side by side; one alone as it is.
  mutating func concatenate(_ values: [String], axis: Int = 1) -> String {
    values.count == 1 ? values[0] : add("Concat", values, [.integer("axis", axis)])
  }
}
