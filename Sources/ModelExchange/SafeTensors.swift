/// Named arrays of 32-bit floats in the safetensors format.
///
/// A file is a 64-bit little-endian length, a JSON header of that length that names each tensor's
/// type, shape and byte range, and the bytes of the tensors one after the other.
public struct SafeTensors: Sendable, Hashable {
  /// One named array, row-major.
  public struct Tensor: Sendable, Hashable {
    public var name: String
    public var shape: [Int]
    public var values: [Float]

    public init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// The tensors in the order of their bytes.
  public var tensors: [Tensor]
  /// Texts that travel with the tensors.
  public var metadata: [String: String]

  public init(tensors: [Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The tensor of a name, if there is one.
  public func tensor(_ name: String) -> Tensor? {
    tensors.first { $0.name == name }
  }
}

/// Why bytes are not a safetensors file that can be read.
public struct SafeTensorsError: Error, Sendable, Hashable {
  /// What is wrong, in words that can follow a file's name and a colon.
  public var message: String

  init(_ message: String) {
    self.message = message
  }
}
