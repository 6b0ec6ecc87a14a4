extension SafeTensors {
  /// The bytes of a safetensors file; the same tensors and metadata give the same bytes.
  ///
  /// Every tensor needs a name of its own and as many values as its shape says.
  public func encoded() -> [UInt8] {
    precondition(Set(tensors.map(\.name)).count == tensors.count, "two tensors have one name")
    let header = self.header()
    let byteCount = 4 * tensors.reduce(0) { $0 + $1.values.count }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + byteCount)
    appendLittleEndian(UInt64(header.count), to: &bytes)
    bytes += header
    for tensor in tensors {
      for value in tensor.values { appendLittleEndian(value.bitPattern, to: &bytes) }
    }
    return bytes
  }

  /// The JSON header, padded with spaces so that the tensors start at a multiple of eight.
  private func header() -> [UInt8] {
    var entries: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }
        .map { "\(quoted($0.key)):\(quoted($0.value))" }
      entries.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for tensor in tensors {
      precondition(tensor.shape.reduce(1, *) == tensor.values.count, "a shape is not its count")
      let end = offset + 4 * tensor.values.count
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\(quoted(tensor.name)):"
          + "{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    let text = Array("{\(entries.joined(separator: ","))}".utf8)
    return text + Array(repeating: 0x20, count: (8 - text.count % 8) % 8)
  }
}

/// A text as a JSON string.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
