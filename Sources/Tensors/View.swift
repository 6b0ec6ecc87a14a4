/// A window on an arena, checked at every access; it keeps the arena alive.
@safe public struct View {
  @usableFromInline let arena: Arena
  @usableFromInline let base: UnsafeMutablePointer<Float>
  public let count: Int

  init(arena: Arena, base: UnsafeMutablePointer<Float>, count: Int) {
    self.arena = arena
    unsafe self.base = unsafe base
    self.count = count
  }

  public var indices: Range<Int> { 0..<count }

  @inlinable public subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "an index lies outside its view")
      return unsafe base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "an index lies outside its view")
      unsafe base[index] = newValue
    }
  }

  /// The `count` values from `offset` on.
  public func window(_ offset: Int, _ count: Int) -> View {
    precondition(
      offset >= 0 && count >= 0 && offset <= self.count - count, "a window lies outside its view")
    return unsafe View(arena: arena, base: base + offset, count: count)
  }

  /// Sets every value.
  public func fill(_ value: Float) { unsafe base.update(repeating: value, count: count) }

  /// Copies a view of the same size.
  public func copy(from source: View) {
    precondition(source.count == count, "a copy needs two views of the same size")
    unsafe base.update(from: source.base, count: count)
  }

  /// Copies an array of the same size.
  public func copy(from source: [Float]) {
    precondition(source.count == count, "a copy needs as many values as the view has")
    unsafe source.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      unsafe base.update(from: start, count: count)
    }
  }

  /// A copy of the values.
  public var array: [Float] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }
}

@available(*, unavailable)
extension View: Sendable {}
