/// Bytes that come one after another: a file or standard input, unpacked where they are gzip.
final class ByteStream {
  let path: String
  private let input: InputDescriptor?
  private var inflater: Inflater?
  /// What was read ahead, or all there is of bytes in memory.
  private var waiting: ArraySlice<UInt8>
  private var isStarted = false

  /// A regular file, or standard input for `-`, for which nobody waits once `shouldStop` says so.
  init(path: String, shouldStop: (() -> Bool)? = nil) throws(TableError) {
    self.path = path == "-" ? "<stdin>" : path
    input = try InputDescriptor(path: path, shouldStop: shouldStop)
    waiting = []
  }

  /// Bytes in memory under a name.
  init(bytes: [UInt8], name: String) {
    (path, input, waiting) = (name, nil, bytes[...])
  }

  /// Adds about so many bytes to a buffer; false once there are no more.
  func read(into buffer: inout [UInt8], about count: Int) throws(TableError) -> Bool {
    if !isStarted { try start() }
    let enough = buffer.count + count
    while buffer.count < enough {
      if waiting.isEmpty, let input {
        waiting = try input.read(atMost: 1 << 18)[...]
      }
      guard let inflater else {
        guard !waiting.isEmpty else { return false }
        let some = waiting.prefix(enough - buffer.count)
        buffer += some
        waiting = waiting[some.endIndex...]
        continue
      }
      if waiting.isEmpty {
        guard inflater.isComplete else {
          throw .truncatedGzip(path, after: inflater.producedBytes)
        }
        return false
      }
      let some = waiting.prefix(1 << 18)
      if let reason = inflater.inflate(Array(some), into: &buffer) {
        throw .damagedGzip(path, reason: reason, after: inflater.producedBytes)
      }
      waiting = waiting[some.endIndex...]
    }
    return true
  }

  /// Looks at the first bytes.
  private func start() throws(TableError) {
    isStarted = true
    while let input, waiting.count < 2 {
      let more = try input.read(atMost: 1 << 18)
      guard !more.isEmpty else { break }
      waiting += more
    }
    if isGzip(Array(waiting.prefix(2))) { inflater = Inflater() }
  }
}
