/// A format in which a model is handed on.
public protocol Exporter: Sendable {
  /// The name on the command line: `onnx`.
  static var name: String { get }
  /// One sentence on what is written and what reads it.
  static var summary: String { get }
  /// How the name of the file ends, without the point.
  static var fileExtension: String { get }
  /// The files of a model; `name` is what their names begin with.
  static func export(_ model: TrainedModel, named name: String) throws(ExportError) -> Export
}

/// The list of formats.
public enum Exporters {
  public static let all: [any Exporter.Type] = [
    ONNXExporter.self, PyTorchExporter.self, SafeTensorsExporter.self,
  ]
}

/// A model in a format.
public struct Export: Sendable, Hashable {
  public struct File: Sendable, Hashable {
    /// Without a folder: `iris.onnx`.
    public var name: String
    public var bytes: [UInt8]
  }

  /// The file that one opens first, and what lies beside it.
  public var files: [File]
  /// What the format could not say, or what its reader has to know; a line each.
  public var remarks: [String] = []
}
