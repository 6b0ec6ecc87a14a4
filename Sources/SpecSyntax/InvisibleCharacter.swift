/// A character that nobody sees, or that looks like a space and is none.
///
/// In quotes and comments they may stand: names in other scripts need some of them.
struct InvisibleCharacter {
  /// What it is called.
  let name: String
  /// What it was probably meant for: a space or nothing.
  let replacement: String

  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0xA0: self.init("a no-break space", " ")
    case 0x202F: self.init("a narrow no-break space", " ")
    case 0x3000: self.init("a wide space", " ")
    case 0x1680, 0x2000...0x200A, 0x205F: self.init("a space of another width", " ")
    case 0xAD: self.init("a soft hyphen", "")
    case 0x200B, 0x2060...0x2064, 0x180E: self.init("of no width", "")
    case 0x200C, 0x200D: self.init("a joiner of no width", "")
    case 0x061C, 0x200E, 0x200F: self.init("a mark of direction", "")
    default: return nil
    }
  }

  private init(_ name: String, _ replacement: String) {
    (self.name, self.replacement) = (name, replacement)
  }

  /// Whether scripts and emoji need the character between their letters.
  static func joinsLetters(_ scalar: Unicode.Scalar) -> Bool {
    [0x200C, 0x200D, 0x3000, 0x061C, 0x200E, 0x200F].contains(scalar.value)
  }
}
