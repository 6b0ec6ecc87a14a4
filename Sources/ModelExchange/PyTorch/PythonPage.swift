import NetworkGraph
import Tables
import Tensors

/// The file of Python as a whole.
struct PythonPage {
  private let model: TrainedModel
  private let module: PythonModule
  private let features: FeatureLines
  private let name: String
  private let helpers: [PythonHelper]

  init(
    _ model: TrainedModel, _ module: PythonModule, _ features: FeatureLines, name: String
  ) {
    (self.model, self.module, self.features, self.name) = (model, module, features, name)
    helpers = PythonHelper.closure(module.helpers.union(features.helpers))
  }

  var text: String {
    let parts = [
      "\(head)\n\n\(imports)\n\n\(constants)", network, encoding, prediction,
    ]
    let functions = helpers.map(\.text) + [Self.reading]
    return (parts + functions + [ending]).joined(separator: "\n\n\n") + "\n"
  }

  private var head: String {
    let target = model.target.columns.joined(separator: ", ")
    let example =
      model.takesTensor
      ? "predict(images)              # \(model.graph.inputShape) for each row"
      : "predict({\"column\": [cells]})    # columns in, predictions out"
    return """
      \"\"\"Predicts \(oneLine(target)): the network \(oneLine(model.name)), trained by plumb \
      \(model.version).

          python \(oneLine(name)).py TABLE.csv          # a line for each row of a table
          \(example)

      The weights are in \(oneLine(name)).safetensors beside this file.
      \"\"\"
      """
  }

  private var imports: String {
    var lines = ["import csv", "import json", "import math"]
    let hasDates = helpers.contains(.date)
    if hasDates { lines.append("import re") }
    lines += ["import struct", "import sys"]
    if hasDates {
      lines += ["from datetime import datetime, timedelta", "from operator import attrgetter"]
    }
    lines += [
      "from pathlib import Path", "", "import torch", "import torch.nn.functional as F",
      "from torch import nn",
    ]
    return lines.joined(separator: "\n")
  }

  private var constants: String {
    var lines: [String] = []
    if let classes = model.classes { lines.append("CLASSES = \(python(classes))") }
    if !model.levels.isEmpty {
      lines.append("LEVELS = [\(model.levels.map { python($0) }.joined(separator: ", "))]")
    }
    let missing = model.missing.isEmpty ? [""] : model.missing
    lines.append("MISSING = {\(missing.map { python($0) }.joined(separator: ", "))}")
    return lines.joined(separator: "\n")
  }

  private var network: String {
    let declarations = module.declarations.map { "        \($0)\n" }.joined()
    let lines = module.lines.map { "        \($0)" }.joined(separator: "\n")
    return """
      class Network(nn.Module):
          def __init__(self):
              super().__init__()
      \(declarations)
          def forward(self, x):
      \(lines)
      """
  }

  private var encoding: String {
    let shape = model.graph.inputShape
    let sizes = shape.sizes.map(String.init).joined(separator: ", ")
    guard !model.takesTensor else {
      return """
        def encode(images):
            \"\"\"Images as the network takes them.\"\"\"
            x = torch.as_tensor(images, dtype=torch.float64).reshape(-1, \(shape.count))
            fill, center, scale = torch.tensor(FITTED["numbers"], dtype=torch.float64).T
            x = (torch.where(x.isnan(), fill, x) - center) / scale
            return x.float().reshape(-1, \(sizes))
        """
    }
    let needsRows = features.expressions.contains { $0.hasPrefix("torch.zeros(rows") }
    let column = python(model.features.features.first?.plan.column ?? "")
    let rows = needsRows ? "    rows = len(table[\(column)])\n" : ""
    let members = features.expressions.map { expression in
      let note = expression.hasPrefix("torch.zeros") ? "  # levels that training has not seen" : ""
      return "        \(expression),\(note)\n"
    }.joined()
    let ending = shape.rank == 1 ? "" : ".reshape(-1, \(sizes))"
    return """
      def encode(table):
          \"\"\"The columns of a table as the network takes them.\"\"\"
      \(rows)    return torch.cat([
      \(members)    ], dim=1).float()\(ending)
      """
  }

  private var prediction: String {
    """
    def predict(table):
        \"\"\"What the network says about each row.\"\"\"
        with torch.no_grad():
            outputs = network(encode(table)).double()
    \(PythonPrediction(model).lines.map { "    \($0)" }.joined(separator: "\n"))
    """
  }

  private static let reading = #"""
    def read_safetensors(path):
        """The tensors of a safetensors file and the texts beside them."""
        content = Path(path).read_bytes()
        length = struct.unpack("<Q", content[:8])[0]
        header = json.loads(content[8:8 + length])
        texts = header.pop("__metadata__", {})
        tensors = {}
        for name, entry in header.items():
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            numbers = torch.frombuffer(bytearray(content[begin:end]), dtype=torch.float32)
            tensors[name] = numbers.reshape(entry["shape"])
        return tensors, texts
    """#

  private var ending: String {
    let rows = model.takesTensor
      ? "[[float(cell) for cell in row.values()] for row in rows]"
      : "{name: [row[name] for row in rows] for name in rows[0]}"
    let names =
      model.takesTensor
      ? """

              columns = \(python(model.features.features.map(\.plan.column)))
              rows = [{name: row[name] for name in columns} for row in rows]
      """ : ""
    let fitted = features.fitted.isEmpty ? "" : "FITTED = json.loads(texts[\"fitted\"])\n"
    return """
      weights, texts = read_safetensors(Path(__file__).with_suffix(".safetensors"))
      \(fitted)network = Network()
      network.load_state_dict(weights)
      network.eval()

      if __name__ == "__main__":
          if len(sys.argv) != 2:
              sys.exit(f"usage: python {sys.argv[0]} TABLE.csv")
          with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
              rows = list(csv.DictReader(file))\(names)
          predictions = predict(\(rows))
          writer = csv.writer(sys.stdout, lineterminator="\\n")
      \(PythonPrediction(model).printing.map { "    \($0)" }.joined(separator: "\n"))
      """
  }

  /// A text that cannot end a line of Python or a string of several lines.
  private func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\"" || $0 == "\\" ? " " : $0 })
  }
}
