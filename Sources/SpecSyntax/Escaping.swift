/// Text from outside as it may stand in a message.
///
/// Control characters become visible pictures and characters that reorder or break lines become
/// U+FFFD, so that no spec can write terminal codes or commands into a log.
public func escapedForTerminal(_ text: String) -> String {
  guard !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if let shown = visible(scalar) { result.append(shown) }
  }
  return String(result)
}

/// What stands for a character on a terminal; nil for one that is left out.
func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  switch scalar.value {
  case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
  case 0x7F: "\u{2421}"
  case 0x200D: nil
  case 0x80...0x9F, 0x2028, 0x2029: "\u{FFFD}"
  case _ where isBidirectionalControl(scalar): "\u{FFFD}"
  default: scalar
  }
}

/// Whether a character changes the direction in which the text around it is shown.
func isBidirectionalControl(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
  default: false
  }
}
