/// A setting of a node.
enum ONNXAttribute {
  case integer(String, Int)
  case float(String, Float)
  case text(String, String)
  case integers(String, [Int])
  case floats(String, [Float])
  case texts(String, [String])

  /// Fields and types as `AttributeProto` numbers them.
  var message: ProtocolBuffer {
    ProtocolBuffer { message in
      let type: Int
      switch self {
      case .integer(let name, let value):
        message.append(1, text: name)
        message.append(3, integer: value)
        type = 2
      case .float(let name, let value):
        message.append(1, text: name)
        message.append(2, float: value)
        type = 1
      case .text(let name, let value):
        message.append(1, text: name)
        message.append(4, text: value)
        type = 3
      case .integers(let name, let values):
        message.append(1, text: name)
        message.append(8, packed: values)
        type = 7
      case .floats(let name, let values):
        message.append(1, text: name)
        message.append(7, packed: values)
        type = 6
      case .texts(let name, let values):
        message.append(1, text: name)
        for value in values { message.append(9, text: value) }
        type = 8
      }
      message.append(20, integer: type)
    }
  }
}

/// The messages of ONNX, with the numbers that `onnx.proto` gives their fields.
enum ONNXMessage {
  /// The domain of what is fitted around networks.
  static let machineLearning = "ai.onnx.ml"

  /// `NodeProto`.
  static func node(
    _ type: String, name: String, _ inputs: [String], _ outputs: [String],
    _ attributes: [ONNXAttribute] = [], domain: String = ""
  ) -> ProtocolBuffer {
    ProtocolBuffer { message in
      for input in inputs { message.append(1, text: input) }
      for output in outputs { message.append(2, text: output) }
      message.append(3, text: name)
      message.append(4, text: type)
      for attribute in attributes { message.append(5, message: attribute.message) }
      if !domain.isEmpty { message.append(7, text: domain) }
    }
  }

  /// `TensorProto` with its numbers as little-endian bytes.
  static func tensor(
    _ name: String, _ element: ONNXGraph.Element, shape: [Int], bytes: [UInt8]
  ) -> ProtocolBuffer {
    ProtocolBuffer { message in
      if !shape.isEmpty { message.append(1, packed: shape) }
      message.append(2, integer: element.rawValue)
      message.append(8, text: name)
      message.append(9, bytes: bytes)
    }
  }

  /// `ValueInfoProto` of a tensor whose first size, the rows, is open.
  static func value(
    _ name: String, _ element: ONNXGraph.Element, shape: [Int]
  ) -> ProtocolBuffer {
    let sizes = ProtocolBuffer { message in
      message.append(1, message: ProtocolBuffer { $0.append(2, text: "rows") })
      for size in shape {
        message.append(1, message: ProtocolBuffer { $0.append(1, integer: size) })
      }
    }
    let tensor = ProtocolBuffer { message in
      message.append(1, integer: element.rawValue)
      message.append(2, message: sizes)
    }
    return ProtocolBuffer { message in
      message.append(1, text: name)
      message.append(2, message: ProtocolBuffer { $0.append(1, message: tensor) })
    }
  }

  /// `ModelProto`.
  static func model(
    _ graph: ONNXGraph, name: String, version: String, description: String,
    facts: [(key: String, value: String)]
  ) -> ProtocolBuffer {
    let body = ProtocolBuffer { message in
      for node in graph.nodes { message.append(1, message: node) }
      message.append(2, text: name)
      for constant in graph.constants { message.append(5, message: constant) }
      for input in graph.inputs { message.append(11, message: input) }
      for output in graph.outputs { message.append(12, message: output) }
    }
    return ProtocolBuffer { message in
      message.append(1, integer: 8)
      message.append(2, text: "plumb")
      message.append(3, text: version)
      message.append(6, text: description)
      message.append(7, message: body)
      for (domain, version) in [("", 17), (machineLearning, 3)] {
        message.append(
          8,
          message: ProtocolBuffer {
            $0.append(1, text: domain)
            $0.append(2, integer: version)
          })
      }
      for fact in facts {
        message.append(
          14,
          message: ProtocolBuffer {
            $0.append(1, text: fact.key)
            $0.append(2, text: fact.value)
          })
      }
    }
  }
}
