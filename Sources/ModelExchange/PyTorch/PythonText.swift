/// A text as a Python string.
func python(_ text: String) -> String { json(text) }

/// A number as Python writes it.
func python(_ number: Double) -> String {
  number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
}

/// Sizes as Python writes them: one number alone, several as a tuple.
func python(_ sizes: [Int]) -> String {
  guard let first = sizes.first, sizes.contains(where: { $0 != first }) || sizes.count > 2 else {
    return sizes.first.map(String.init) ?? "()"
  }
  return "(\(sizes.map(String.init).joined(separator: ", ")))"
}

/// Texts as a Python list.
func python(_ texts: [String]) -> String {
  "[\(texts.map { python($0) }.joined(separator: ", "))]"
}

/// Names that are made fit for Python, each given out once.
struct PythonNames {
  private var taken: Set<String> = [
    // The words of the language, and what the written module itself calls by name.
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield", "self", "x", "torch", "nn", "F", "math", "super", "look_up", "periodic",
    // What a module of PyTorch has already.
    "add_module", "apply", "bfloat16", "buffers", "call_super_init", "children", "compile", "cpu",
    "cuda", "double", "dump_patches", "eval", "extra_repr", "float", "forward", "get_buffer",
    "get_extra_state", "get_parameter", "get_submodule", "half", "ipu", "load_state_dict",
    "modules", "mtia", "named_buffers", "named_children", "named_modules", "named_parameters",
    "parameters", "register_buffer", "register_module", "register_parameter", "requires_grad_",
    "set_extra_state", "set_submodule", "share_memory", "state_dict", "to", "to_empty", "train",
    "training", "type", "xpu", "zero_grad",
  ]

  /// The name with other characters than letters and digits as underscores.
  mutating func identifier(_ name: String) -> String {
    var text = String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "_" })
    if text.first.map({ $0.isNumber || $0 == "_" }) ?? true { text = "layer\(text)" }
    var (result, number) = (text, 2)
    while !taken.insert(result).inserted {
      result = "\(text)_\(number)"
      number += 1
    }
    return result
  }
}
