public import SpecSyntax
internal import Tables

/// What was found in specs, from one run of the program to the next.
///
/// Each spec has an entry of its own, named after its place and everything else that a check
/// depends on but files. An entry holds the bytes of the spec and of every text that was read for
/// it, and the stamp of every table; it counts only if all of them are the same still. An entry
/// that cannot be read or written is no error: the spec is checked.
public struct ResultCache: Sendable {
  static let maximumEntries = 20_000
  static let maximumEntryBytes = 1 << 20
  private static let mark = "plumb findings 1"

  private let folder: String
  private let stamps: StampBook

  /// A cache in a folder, which is made when the first entry is kept.
  public init(folder: String, now nanoseconds: Int) {
    self.folder = folder
    stamps = StampBook(now: nanoseconds)
  }

  /// What an entry is for.
  public struct Key: Sendable, Hashable {
    /// The name of the entry's file.
    let name: String

    /// An entry for a spec at an absolute place; `circumstances` is everything else that a check
    /// depends on.
    public init(place: String, name: String, circumstances: String) {
      let parts = [place, name, circumstances].map { "\($0.utf8.count):\($0)" }
      self.name = String(sha256(Array(parts.joined().utf8)).prefix(40))
    }
  }

  /// What was found in a spec with these bytes, if all that was read then is the same still.
  public func findings(for key: Key, in spec: SourceText) -> Report.FileFindings? {
    guard
      let bytes = try? readFile(at: path(of: key), maximumBytes: Self.maximumEntryBytes),
      bytes.count > 8,
      Self.sum(bytes, count: bytes.count - 8) == Self.number(bytes, at: bytes.count - 8)
    else { return nil }
    var reader = ByteReader(bytes, count: bytes.count - 8)
    guard reader.text() == Self.mark, reader.holds(spec.bytes) else { return nil }
    var isSame = true
    let texts = reader.list { ($0.text(), $0.data()) }
    for (path, bytes) in texts where isSame {
      isSame = (try? readFile(at: path, maximumBytes: 1 << 20)) == bytes
    }
    let tables = reader.list { ($0.text(), $0.list { $0.number() }) }
    for (path, numbers) in tables where isSame {
      isSame = (stamps.stamp(of: path)?.numbers ?? []) == numbers
    }
    guard isSame, !reader.isDamaged else { return nil }
    let findings = reader.findings(of: spec)
    return reader.isDamaged || !reader.isAtEnd ? nil : findings
  }

  /// Keeps what was found in a spec, unless a file that was read for it has changed since, or so
  /// lately that another change need not show.
  public func keep(
    _ findings: Report.FileFindings, for key: Key, in spec: SourceText, reading files: FilesRead
  ) {
    guard files.isKnown else { return }
    var writer = ByteWriter()
    writer.add(Self.mark)
    writer.add(spec.bytes)
    writer.add(files.texts) { writer, text in
      writer.add(text.name)
      writer.add(text.bytes)
    }
    var isSteady = true
    writer.add(files.tables) { writer, path in
      let stamp = stamps.stamp(of: path)
      if !stamps.isSteady(stamp, at: path) { isSteady = false }
      writer.add(path)
      writer.add(stamp?.numbers ?? []) { $0.add($1) }
    }
    guard isSteady else { return }
    writer.add(findings)
    var bytes = writer.bytes
    guard bytes.count < Self.maximumEntryBytes - 8 else { return }
    let sum = Self.sum(bytes, count: bytes.count)
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: sum >> UInt64(shift)))
    }
    stamps.prepare(folder, maximumEntries: Self.maximumEntries)
    try? writeFile(bytes, to: path(of: key))
  }

  private func path(of key: Key) -> String { "\(folder)/\(key.name)" }

  /// A check sum of the first bytes, by which a torn entry is known: FNV-1a over words of eight.
  private static func sum(_ bytes: [UInt8], count: Int) -> UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    var place = 0
    while place + 8 <= count {
      sum = (sum ^ number(bytes, at: place)) &* 0x0000_0100_0000_01B3
      sum ^= sum >> 32
      place += 8
    }
    for byte in bytes[place..<count] { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return sum
  }

  /// Eight bytes as a number, the least part first.
  private static func number(_ bytes: [UInt8], at place: Int) -> UInt64 {
    var number: UInt64 = 0
    for index in 0..<8 { number |= UInt64(bytes[place + index]) << UInt64(8 * index) }
    return number
  }
}

/// The files that a check read besides its spec.
public struct FilesRead: Sendable {
  /// Texts with the bytes they had.
  public var texts: [SourceText] = []
  /// Tables and label files, some of which may not exist.
  public var tables: [String] = []
  /// Whether these are all; not where a file was refused, for a reason that no stamp shows.
  public var isKnown = true

  public init() {}
}
