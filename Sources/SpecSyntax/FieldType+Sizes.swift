extension FieldType where Value == [Int] {
  /// One whole number for each axis: a list of them, or a single one for all.
  public static func perAxis(_ range: ClosedRange<Int>, axes: Int) -> FieldType {
    precondition(axes > 0, "sizes belong to at least one axis")
    let item = FieldType<Int>.integer(range)
    let list = FieldType.list(of: item)
    return FieldType(
      placeholder: Array(repeating: item.placeholder, count: axes),
      describe: { axes == 1 ? item.describe() : .either(item.describe(), list.describe()) },
      read: { node, path, session in
        guard let items = node.sequence else {
          return item.read(node, path, session).map { Array(repeating: $0, count: axes) }
        }
        guard items.count == axes else {
          let wanted = axes == 1 ? "one number" : "one number, or a list of \(axes)"
          session.report(
            .outOfRange(node, value: "a list of \(items.count)", wanted: wanted, path: path))
          return nil
        }
        return list.read(node, path, session)
      },
      show: { sizes in
        Set(sizes).count == 1 ? item.show(sizes[0]) : list.show(sizes)
      })
  }
}

extension FieldType {
  /// One of some words, or else a value of another type.
  public static func choice<Other>(
    _ choices: [(name: String, value: Value, doc: String)], or other: FieldType<Other>,
    make: @escaping @Sendable (Other) -> Value, other get: @escaping @Sendable (Value) -> Other?
  ) -> FieldType where Value: Equatable {
    let words = FieldType.choice(choices)
    return FieldType(
      placeholder: words.placeholder,
      describe: { .either(words.describe(), other.describe()) },
      read: { node, path, session in
        let isWord = node.scalar.map { CoreScalar.number($0.text) == nil } ?? false
        if isWord { return words.read(node, path, session) }
        return other.read(node, path, session).map(make)
      },
      show: { value in get(value).map(other.show) ?? words.show(value) })
  }
}
