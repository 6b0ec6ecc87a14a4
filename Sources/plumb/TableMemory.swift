import SpecCompiler
import Synchronization
import Tables

extension Environment {
  /// The same, with each table read, and its facts found, at most once.
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
    var table = load(request)
    if case .table(let rows) = table {
      table = .known(rows, TableFacts(of: rows, target: request.target))
    }
    tables.withLock { [table] in $0[request] = table }
    return table
  }
}
