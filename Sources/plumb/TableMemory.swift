import SpecCompiler
import Synchronization

extension Environment {
  /// The same, with each table read at most once.
  var readingOnce: Environment {
    let (memory, load) = (TableMemory(), loadTable)
    var environment = self
    environment.loadTable = { request in memory.table(request, load) }
    return environment
  }
}

/// The tables that were read.
private final class TableMemory: Sendable {
  private let tables = Mutex<[TableRequest: LoadedTable]>([:])

  func table(
    _ request: TableRequest, _ load: @Sendable (TableRequest) -> LoadedTable
  ) -> LoadedTable {
    if let table = tables.withLock({ $0[request] }) { return table }
    let table = load(request)
    tables.withLock { $0[request] = table }
    return table
  }
}
