/// A number in four significant digits.
func figure(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return "\(value)" }
  var (scale, size) = (1.0, abs(value))
  guard size >= 1e-6, size < 1e9 else { return "\(Float(value))" }
  while size < 1000 { (size, scale) = (size * 10, scale * 10) }
  let text = "\((value * scale).rounded() / scale)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A number in four significant digits, zeros at the end included, so that what stands beside it
/// does not move while it changes.
func steadyFigure(_ value: Double) -> String {
  let text = figure(value)
  guard value.isFinite, value != 0, !text.contains("e") else { return text }
  let digits = text.filter(\.isNumber).drop { $0 == "0" }.count
  guard digits < 4 else { return text }
  return text + (text.contains(".") ? "" : ".") + String(repeating: "0", count: 4 - digits)
}

/// Seconds in the two greatest units that matter: `8 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
func timeText(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e9 else { return "very long" }
  guard seconds >= 10 else { return "\((seconds * 10).rounded(.down) / 10) s" }
  let whole = Int(seconds)
  let (minutes, hours, days) = (whole / 60, whole / 3600, whole / 86_400)
  if minutes == 0 { return "\(whole) s" }
  if hours == 0 { return "\(minutes) min \(whole % 60) s" }
  if days == 0 { return "\(hours) h \(minutes % 60) min" }
  return "\(days) d \(hours % 24) h"
}

/// A speed in three significant digits, grouped by thousands.
func roundedSpeed(_ speed: Double) -> String {
  guard speed.isFinite, speed >= 0, speed < 1e15 else { return "–" }
  guard speed >= 100 else { return figure((speed * 10).rounded() / 10) }
  var (value, scale) = (Int(speed), 1)
  while value >= 1000 { (value, scale) = (value / 10, scale * 10) }
  let digits = Array(String(value * scale))
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

/// A number right-aligned to the width of a greater one.
func padded(_ number: Int, like greatest: Int) -> String {
  let text = String(number)
  return String(repeating: " ", count: max(0, String(greatest).count - text.count)) + text
}
