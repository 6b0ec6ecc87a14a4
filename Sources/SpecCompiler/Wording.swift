import SpecSyntax

/// A number in three significant digits, for messages: 0.0132, 1.47, 210000.
public func roundedText(_ value: Double) -> String { numberText(threeDigits(value)) }

/// A number rounded to three significant digits.
func threeDigits(_ value: Double) -> Double {
  guard value.isFinite, value != 0 else { return value }
  var (scale, size) = (1.0, abs(value))
  while size >= 1000 { (size, scale) = (size / 10, scale / 10) }
  while size < 100 { (size, scale) = (size * 10, scale * 10) }
  let rounded = (value * scale).rounded()
  return scale < 1 ? rounded * (1 / scale).rounded() : rounded / scale
}

/// A share in percent with three significant digits: "4.1 %".
func percentText(_ share: Double) -> String { roundedText(share * 100) + " %" }
