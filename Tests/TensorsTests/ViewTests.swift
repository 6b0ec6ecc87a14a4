import Testing

@testable import Tensors

struct ViewTests {
  @Test("an arena is zeroed, and windows share its memory")
  func windows() {
    let arena = Arena(floatCount: 10)
    #expect(arena.whole.array == [Float](repeating: 0, count: 10))
    let window = arena.whole.window(2, 3)
    window.copy(from: [1, 2, 3])
    #expect(arena.whole.array == [0, 0, 1, 2, 3, 0, 0, 0, 0, 0])
    window.window(1, 1).fill(9)
    #expect(arena.whole[3] == 9)
    arena.whole.window(5, 3).copy(from: window)
    #expect(arena.whole.array == [0, 0, 1, 9, 3, 1, 9, 3, 0, 0])
    #expect(arena.whole.window(10, 0).array.isEmpty)
  }

  @Test("a view keeps its arena alive")
  func lifetime() {
    let view = Arena(floatCount: 4).whole
    view.fill(5)
    #expect(view.array == [5, 5, 5, 5])
  }

  @Test("a matrix addresses rows by its stride, and parts of it are windows")
  func matrices() {
    let matrix = Matrix(Arena(floatCount: 96).whole, rows: 3, columns: 17)
    #expect(matrix.stride == 32)
    matrix[2, 1] = 4
    #expect(matrix.view[65] == 4)
    #expect(matrix.rows(1..<3)[1, 1] == 4)
    #expect(matrix.withColumns(5).lanes == 16)
    #expect([0, 1, 16, 17, 32].map(padded) == [0, 16, 16, 32, 32])
  }

  @Test("accesses outside a view stop the program")
  func outside() async {
    await #expect(processExitsWith: .failure) { _ = Arena(floatCount: 4).whole[4] }
    await #expect(processExitsWith: .failure) { _ = Arena(floatCount: 4).whole.window(2, 3) }
    await #expect(processExitsWith: .failure) {
      _ = Matrix(Arena(floatCount: 31).whole, rows: 2, columns: 1)
    }
    await #expect(processExitsWith: .failure) {
      let table = Arena(floatCount: 6).whole
      let output = Matrix(Arena(floatCount: 32).whole, rows: 2, columns: 1)
      gatherColumns(rows: table, rowStride: 2, indices: [3], width: 2, into: output)
    }
  }

  @Test("the instruction set in use is one the processor has")
  func instructionSets() {
    #expect(InstructionSet.available.first?.name == "baseline")
    #expect(InstructionSet.available.contains(.current))
    #expect(instructionSet == InstructionSet.current.name)
  }
}
