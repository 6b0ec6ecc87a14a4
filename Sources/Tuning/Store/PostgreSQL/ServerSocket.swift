#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A stream of bytes to a server, over the network or a socket of this machine.
@safe final class ServerSocket {
  private let descriptor: Int32
  private var received: [UInt8] = []
  private var place = 0

  /// Why nothing can be sent or received, in the system's words.
  struct Failure: Error { var reason: String }

  /// - Parameters:
  ///   - host: a name or an address; a path is the folder of a socket.
  ///   - seconds: how long to wait for the server, now and later.
  init(host: String, port: Int, seconds: Double) throws(Failure) {
    descriptor =
      host.hasPrefix("/")
      ? try Self.local("\(host)/.s.PGSQL.\(port)") : try Self.remote(host, port, seconds)
    var time = timeval(tv_sec: Int(seconds), tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
  }

  deinit { _ = close(descriptor) }

  private static var stream: Int32 {
    #if canImport(Glibc)
      Int32(SOCK_STREAM.rawValue)
    #else
      SOCK_STREAM
    #endif
  }

  private static func local(_ path: String) throws(Failure) -> Int32 {
    let descriptor = socket(AF_UNIX, stream, 0)
    guard descriptor >= 0 else { throw Failure() }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let isShort = unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
      guard bytes.count < target.count else { return false }
      unsafe target.copyBytes(from: bytes)
      return true
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let code = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, size)
      }
    }
    guard isShort, code == 0 else {
      let failure = Failure()
      _ = close(descriptor)
      throw failure
    }
    return descriptor
  }

  private static func remote(
    _ host: String, _ port: Int, _ seconds: Double
  ) throws(Failure) -> Int32 {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = stream
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, "\(port)", &hints, &list)
    guard code == 0 else {
      throw Failure(reason: unsafe String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(list) }
    var failure = Failure(reason: "it has no address")
    var next = unsafe list
    while let entry = unsafe next?.pointee {
      unsafe next = entry.ai_next
      let descriptor = unsafe socket(entry.ai_family, entry.ai_socktype, entry.ai_protocol)
      guard descriptor >= 0 else { continue }
      // A host that does not answer at all is given up in time, not after minutes.
      var time = timeval(tv_sec: Int(seconds), tv_usec: 0)
      let size = socklen_t(MemoryLayout<timeval>.size)
      _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
      if unsafe connect(descriptor, entry.ai_addr, entry.ai_addrlen) == 0 {
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &yes, size)
        return descriptor
      }
      failure = Failure()
      _ = close(descriptor)
    }
    throw failure
  }

  /// Sends all bytes.
  func send(_ bytes: [UInt8]) throws(Failure) {
    var sent = 0
    while sent < bytes.count {
      #if os(Linux)
        let flags = Int32(MSG_NOSIGNAL)
      #else
        let flags: Int32 = 0
      #endif
      let count = unsafe bytes[sent...].withUnsafeBytes { part in
        unsafe sendOnce(descriptor, part.baseAddress, part.count, flags)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Failure() }
      sent += count
    }
  }

  /// Receives exactly as many bytes.
  func receive(_ count: Int) throws(Failure) -> ArraySlice<UInt8> {
    while received.count - place < count {
      if place > 0 {
        received.removeFirst(place)
        place = 0
      }
      var piece = [UInt8](repeating: 0, count: 65_536)
      let got = unsafe piece.withUnsafeMutableBytes { target in
        unsafe recv(descriptor, target.baseAddress, target.count, 0)
      }
      if got < 0 && errno == EINTR { continue }
      guard got != 0 else { throw Failure(reason: "the server ended the connection") }
      guard got > 0 else { throw Failure() }
      received += piece[..<got]
    }
    defer { place += count }
    return received[place..<place + count]
  }
}

/// `send`, which the method of the same name hides.
private func sendOnce(
  _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32
) -> Int {
  unsafe send(descriptor, bytes, count, flags)
}

extension ServerSocket.Failure {
  /// What the system said last.
  fileprivate init() {
    let isLate = errno == EAGAIN || errno == EINPROGRESS
    reason = isLate ? "no answer in time" : unsafe String(cString: strerror(errno)).lowercased()
  }
}
