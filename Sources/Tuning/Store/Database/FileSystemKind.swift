#if os(Linux)
  internal import CSQLite
#else
  internal import Darwin
#endif

/// Finds out whether a path lies on a disk of another machine, where SQLite's locks do not hold.
enum FileSystemKind {
  /// File systems by the number that Linux gives them (statfs(2) and their sources).
  private static let networks: [UInt32: String] = [
    0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "SMB", 0xFE53_4D42: "SMB", 0x5346_414F: "AFS",
    0x7375_7245: "Coda", 0x0BD0_0BD0: "Lustre", 0x4750_4653: "GPFS", 0x1983_0326: "BeeGFS",
    0x00C3_6400: "Ceph",
  ]

  /// The name of the network's file system with a number; nil of all others.
  static func network(_ number: UInt32) -> String? { networks[number] }

  /// The name of the network's file system on which a folder lies; nil on any other.
  static func network(of folder: String) -> String? {
    #if os(Linux)
      return network(unsafe plumb_file_system(folder))
    #else
      var found = unsafe statfs()
      guard unsafe statfs(folder, &found) == 0 else { return nil }
      let name = unsafe withUnsafeBytes(of: found.f_fstypename) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      return ["nfs", "smbfs", "afpfs", "webdav"].contains(name) ? name : nil
    #endif
  }
}
