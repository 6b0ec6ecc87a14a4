import CZlib

/// Whether bytes start as gzip does.
func isGzip(_ bytes: [UInt8]) -> Bool {
  bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
}

/// Unpacks gzip, of one member or several in a row, up to a bound on the size.
func gunzip(_ packed: [UInt8], path: String, maximumBytes: Int) throws(TableError) -> [UInt8] {
  let outcome = unsafe packed.withUnsafeBufferPointer { input in
    unsafe inflateAll(input, maximumBytes: maximumBytes)
  }
  switch outcome.ending {
  case .complete: return outcome.bytes
  case .truncated: throw .truncatedGzip(path, after: outcome.bytes.count)
  case .tooLarge: throw .tooLarge(path, maximumBytes: maximumBytes)
  case .damaged(let reason):
    throw .damagedGzip(path, reason: reason, after: outcome.bytes.count)
  }
}

/// How unpacking ended.
private enum GzipEnding {
  case complete
  case truncated
  case tooLarge
  case damaged(String)
}

/// Feeds the whole input through zlib, a chunk of output at a time.
private func inflateAll(
  _ input: UnsafeBufferPointer<UInt8>, maximumBytes: Int
) -> (bytes: [UInt8], ending: GzipEnding) {
  var stream = unsafe z_stream()
  let size = unsafe Int32(MemoryLayout<z_stream>.size)
  // 15 window bits, plus 16 for the gzip wrapper with its checksum.
  guard unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
    return ([], .damaged("zlib could not start"))
  }
  defer { _ = unsafe inflateEnd(&stream) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 262_144)
  var consumed = 0
  while true {
    // zlib counts input in 32 bits, so it is handed over in parts.
    let offered = min(input.count - consumed, 1 << 30)
    unsafe stream.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.advanced(by: consumed))
    unsafe stream.avail_in = UInt32(offered)
    let status = unsafe chunk.withUnsafeMutableBufferPointer { output in
      unsafe stream.next_out = output.baseAddress
      unsafe stream.avail_out = UInt32(output.count)
      return unsafe inflate(&stream, Z_NO_FLUSH)
    }
    let produced = unsafe chunk.count - Int(stream.avail_out)
    unsafe consumed += offered - Int(stream.avail_in)
    bytes.append(contentsOf: chunk[..<produced])
    guard bytes.count <= maximumBytes else { return (bytes, .tooLarge) }
    if status == Z_STREAM_END {
      // Zeros after the last member are padding, as written by tape tools.
      guard unsafe input[consumed...].contains(where: { $0 != 0 }) else {
        return (bytes, .complete)
      }
      _ = unsafe inflateReset(&stream)
    } else if status == Z_BUF_ERROR || (status == Z_OK && produced == 0 && consumed == input.count)
    {
      return (bytes, .truncated)
    } else if status != Z_OK {
      let words = unsafe stream.msg.map { unsafe String(cString: $0) }
      return (bytes, .damaged(words ?? "zlib error \(status)"))
    }
  }
}

/// Unpacks gzip as it arrives, of one member or several in a row.
@safe final class Inflater {
  private var stream = unsafe z_stream()
  /// Whether what has arrived ends where a member ends.
  private(set) var isComplete = false
  private(set) var producedBytes = 0
  private var chunk = [UInt8](repeating: 0, count: 262_144)

  init() {
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    let status = unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, size)
    precondition(status == Z_OK, "zlib could not start")
  }

  deinit { _ = unsafe inflateEnd(&stream) }

  /// Unpacks all of some bytes; gives the reason where they are damaged.
  func inflate(_ packed: [UInt8], into bytes: inout [UInt8]) -> String? {
    unsafe packed.withUnsafeBufferPointer { input in
      unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      unsafe stream.avail_in = UInt32(input.count)
      while true {
        if isComplete {
          // Zeros after the last member are padding, as written by tape tools.
          guard unsafe stream.avail_in > 0, !isPadding else { return nil }
          isComplete = false
          _ = unsafe inflateReset(&stream)
        }
        let status = unsafe chunk.withUnsafeMutableBufferPointer { output in
          unsafe stream.next_out = output.baseAddress
          unsafe stream.avail_out = UInt32(output.count)
          return unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        let produced = unsafe chunk.count - Int(stream.avail_out)
        bytes.append(contentsOf: chunk[..<produced])
        producedBytes += produced
        switch status {
        case Z_STREAM_END: isComplete = true
        case Z_OK: if unsafe stream.avail_in == 0, produced < chunk.count { return nil }
        case Z_BUF_ERROR: return nil
        default:
          let words = unsafe stream.msg.map { unsafe String(cString: $0) }
          return words ?? "zlib error \(status)"
        }
      }
    }
  }

  /// Whether only zeros are left.
  private var isPadding: Bool {
    unsafe (0..<Int(stream.avail_in)).allSatisfy { unsafe stream.next_in[$0] == 0 }
  }
}

/// Packs bytes as gzip, as they come.
@safe public final class Deflater {
  private var stream = unsafe z_stream()

  public init() {
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    let status = unsafe deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      size)
    precondition(status == Z_OK, "zlib could not start")
  }

  deinit { _ = unsafe deflateEnd(&stream) }

  /// Packs some bytes; what is ready comes back. `isLast` ends the file.
  public func deflate(_ bytes: [UInt8], isLast: Bool = false) -> [UInt8] {
    var packed: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 262_144)
    unsafe bytes.withUnsafeBufferPointer { input in
      unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      unsafe stream.avail_in = UInt32(input.count)
      var isFull = true
      while isFull {
        unsafe chunk.withUnsafeMutableBufferPointer { output in
          unsafe stream.next_out = output.baseAddress
          unsafe stream.avail_out = UInt32(output.count)
          _ = unsafe CZlib.deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        }
        let produced = unsafe chunk.count - Int(stream.avail_out)
        packed.append(contentsOf: chunk[..<produced])
        isFull = produced == chunk.count
      }
    }
    return packed
  }
}
