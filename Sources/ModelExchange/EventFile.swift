/// The records of a TensorBoard event file: scalars by step, and the hyperparameters of a run.
///
/// A record is the length of its data, the length's checksum, the data and its checksum; the data
/// is an `Event` of TensorFlow's `event.proto`. A last record that was not written whole is passed
/// over by readers.
public struct EventFile: Sendable {
  /// What a hyperparameter is set to.
  public enum Parameter: Sendable, Hashable {
    case number(Double)
    case text(String)
    case flag(Bool)
  }

  /// How a run ended.
  public enum Status: Int, Sendable {
    case success = 1
    case failure = 2
  }

  /// What was written and not taken yet.
  public private(set) var bytes: [UInt8] = []

  /// Begins a file; times are seconds since 1970.
  public init(wallTime: Double) {
    append(
      Self.event(wallTime, step: nil) { $0.append(3, text: "brain.Event:2") })
  }

  /// Goes on with a file that has its beginning.
  public init() {}

  /// Takes what was written, to put it at the end of a file.
  public mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// Writes values of one step, by tag.
  ///
  /// The event is built in one piece and not message by message: a run has thousands.
  public mutating func append(
    _ scalars: [(tag: String, value: Double)], step: Int, wallTime: Double
  ) {
    guard !scalars.isEmpty else { return }
    // A value: its tag with key and length, and a float with its key.
    let sizes = scalars.map { 1 + Self.varintSize($0.tag.utf8.count) + $0.tag.utf8.count + 5 }
    var event: [UInt8] = []
    event.reserveCapacity(32 + sizes.reduce(0) { $0 + $1 + 4 })
    event.append(1 << 3 | 1)
    appendLittleEndian(wallTime.bitPattern, to: &event)
    event.append(2 << 3)
    Self.appendVarint(step, to: &event)
    event.append(5 << 3 | 2)
    Self.appendVarint(sizes.reduce(0) { $0 + 1 + Self.varintSize($1) + $1 }, to: &event)
    for (size, (tag, value)) in zip(sizes, scalars) {
      event.append(1 << 3 | 2)
      Self.appendVarint(size, to: &event)
      event.append(1 << 3 | 2)
      Self.appendVarint(tag.utf8.count, to: &event)
      event += tag.utf8
      event.append(2 << 3 | 5)
      appendLittleEndian(Float(value).bitPattern, to: &event)
    }
    append(record: event)
  }

  private static func appendVarint(_ value: Int, to bytes: inout [UInt8]) {
    var rest = UInt64(bitPattern: Int64(value))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func varintSize(_ value: Int) -> Int {
    max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
  }

  /// Writes what the run's hyperparameters are.
  ///
  /// There is no record of the experiment, which would list all hyperparameters of all runs: the
  /// reader takes the first it finds for the truth. Without one it joins those of the runs.
  public mutating func append(
    hyperparameters: [(name: String, value: Parameter)], wallTime: Double
  ) {
    let start = ProtocolBuffer { content in
      content.append(
        3,
        message: ProtocolBuffer { start in
          for (name, value) in hyperparameters {
            start.append(
              1,
              message: ProtocolBuffer {
                $0.append(1, text: name)
                $0.append(2, message: value.message)
              })
          }
          start.append(5, double: wallTime)
        })
    }
    append(plugin: "_hparams_/session_start_info", start, wallTime)
  }

  /// Writes how the run ended.
  public mutating func append(ending status: Status, wallTime: Double) {
    let end = ProtocolBuffer { content in
      content.append(
        4,
        message: ProtocolBuffer {
          $0.append(1, integer: status.rawValue)
          $0.append(2, double: wallTime)
        })
    }
    append(plugin: "_hparams_/session_end_info", end, wallTime)
  }

  private mutating func append(plugin tag: String, _ content: ProtocolBuffer, _ wallTime: Double) {
    let plugin = ProtocolBuffer {
      $0.append(1, text: "hparams")
      $0.append(2, message: content)
    }
    let metadata = ProtocolBuffer { $0.append(1, message: plugin) }
    let value = ProtocolBuffer {
      $0.append(1, text: tag)
      $0.append(9, message: metadata)
    }
    let summary = ProtocolBuffer { $0.append(1, message: value) }
    append(Self.event(wallTime, step: nil) { $0.append(5, message: summary) })
  }

  private static func event(
    _ wallTime: Double, step: Int?, _ build: (inout ProtocolBuffer) -> Void
  ) -> ProtocolBuffer {
    ProtocolBuffer { event in
      event.append(1, double: wallTime)
      if let step { event.append(2, integer: step) }
      build(&event)
    }
  }

  private mutating func append(_ event: ProtocolBuffer) { append(record: event.bytes) }

  private mutating func append(record data: [UInt8]) {
    var length: [UInt8] = []
    appendLittleEndian(UInt64(data.count), to: &length)
    bytes += length
    appendLittleEndian(CRC32C.masked(length[...]), to: &bytes)
    bytes += data
    appendLittleEndian(CRC32C.masked(data[...]), to: &bytes)
  }
}

extension EventFile.Parameter {
  /// As a `google.protobuf.Value`.
  fileprivate var message: ProtocolBuffer {
    ProtocolBuffer { message in
      switch self {
      case .number(let value): message.append(2, double: value)
      case .text(let value): message.append(3, text: value)
      case .flag(let value): message.append(4, integer: value ? 1 : 0)
      }
    }
  }
}

extension EventFile {
  /// How many of a file's bytes, from its first, are whole records of steps up to a given one.
  ///
  /// What a killed run wrote last may be cut off, or belong to epochs that are trained again.
  public static func wholeBytes(of bytes: [UInt8], upTo step: Int) -> Int {
    var place = 0
    while place + 16 <= bytes.count {
      let lengthBytes = bytes[place..<(place + 8)]
      let length = littleEndian(lengthBytes)
      guard CRC32C.masked(lengthBytes) == UInt32(littleEndian(bytes[(place + 8)..<(place + 12)])),
        length <= UInt64(bytes.count - place - 16)
      else { break }
      let data = bytes[(place + 12)..<(place + 12 + Int(length))]
      let end = place + 16 + Int(length)
      guard CRC32C.masked(data) == UInt32(littleEndian(bytes[(end - 4)..<end])),
        Self.step(of: data) <= step
      else { break }
      place = end
    }
    return place
  }

  /// The step of an event as it is written here: after the time, if it has one.
  private static func step(of event: ArraySlice<UInt8>) -> Int {
    var rest = event.dropFirst(9)
    guard rest.popFirst() == 2 << 3 else { return 0 }
    var (step, shift): (UInt64, UInt64) = (0, 0)
    while let byte = rest.popFirst(), shift < 63 {
      step |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
    }
    return Int(clamping: step)
  }

  private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
