/// The form of a table as it was read, each item with the evidence for it.
public struct TableFormat: Sendable, Codable, Hashable {
  /// One item of the form: its value, whether the author pinned it, and why it holds.
  public struct Item<Value: Sendable & Codable & Hashable>: Sendable, Codable, Hashable {
    public var value: Value
    public var isPinned: Bool
    /// In words, such as "50 of 50 sampled lines have 6 values".
    public var evidence: String

    /// An item that the author fixed.
    static func pinned(_ value: Value) -> Item {
      Item(value: value, isPinned: true, evidence: "pinned")
    }

    /// An item found in the data.
    static func detected(_ value: Value, _ evidence: String) -> Item {
      Item(value: value, isPinned: false, evidence: evidence)
    }
  }

  /// Such as "delimited text", "gzip of delimited text", "IDX" or "NPY".
  public var kind: String
  public var encoding: Item<String>
  public var delimiter: Item<String>
  public var decimal: Item<String>
  public var quote: Item<String>
  public var lineEnding: Item<String>
  public var skipLines: Item<Int>
  public var header: Item<Bool>
  public var missing: Item<[String]>

  /// A form that was written down earlier; the evidence is the same for every item.
  public init(
    kind: String, encoding: String, delimiter: String, decimal: String, quote: String,
    lineEnding: String, skipLines: Int, header: Bool, missing: [String], evidence: String
  ) {
    self.kind = kind
    self.encoding = .detected(encoding, evidence)
    self.delimiter = .detected(delimiter, evidence)
    self.decimal = .detected(decimal, evidence)
    self.quote = .detected(quote, evidence)
    self.lineEnding = .detected(lineEnding, evidence)
    self.skipLines = .detected(skipLines, evidence)
    self.header = .detected(header, evidence)
    self.missing = .detected(missing, evidence)
  }

  init(
    kind: String, encoding: Item<String>, delimiter: Item<String>, decimal: Item<String>,
    quote: Item<String>, lineEnding: Item<String>, skipLines: Item<Int>, header: Item<Bool>,
    missing: Item<[String]>
  ) {
    self.kind = kind
    self.encoding = encoding
    self.delimiter = delimiter
    self.decimal = decimal
    self.quote = quote
    self.lineEnding = lineEnding
    self.skipLines = skipLines
    self.header = header
    self.missing = missing
  }

  /// Every item as words, in the order in which a reader of the file meets them.
  public var entries: [Entry] {
    [
      Entry("encoding", encoding, \.self), Entry("line_ending", lineEnding, \.self),
      Entry("delimiter", delimiter) { $0 == "\t" ? "tab" : "`\($0)`" },
      Entry("quote", quote) { "`\($0)`" }, Entry("decimal", decimal) { "`\($0)`" },
      Entry("skip_lines", skipLines) { "\($0)" }, Entry("header", header) { "\($0)" },
      Entry("missing", missing) {
        $0.map { $0.isEmpty ? "empty" : "`\($0)`" }.joined(separator: ", ")
      },
    ]
  }

  /// One item as words.
  public struct Entry: Sendable, Hashable {
    public var name: String
    public var value: String
    public var isPinned: Bool
    public var evidence: String

    init<Value>(_ name: String, _ item: Item<Value>, _ text: (Value) -> String) {
      self.name = name
      self.value = text(item.value)
      self.isPinned = item.isPinned
      self.evidence = item.evidence
    }
  }
}
