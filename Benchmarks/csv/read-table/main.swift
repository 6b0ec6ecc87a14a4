import Foundation
import Tables

/// Ends with words on standard error.
func fail(_ words: String) -> Never {
  FileHandle.standardError.write(Data("\(words)\n".utf8))
  exit(2)
}

// Reads a table to typed columns: read-table FILE THREADS. Prints its rows and the seconds it took.
let arguments = CommandLine.arguments
guard arguments.count == 3, let threads = Int(arguments[2]), threads > 0 else {
  fail("usage: read-table FILE THREADS")
}
let clock = ContinuousClock()
let start = clock.now
do throws(TableError) {
  let table = try readTable(at: arguments[1], options: TableOptions(threads: threads))
  let duration = (clock.now - start).components
  print(table.rowCount, Double(duration.seconds) + Double(duration.attoseconds) * 1e-18)
} catch {
  fail("\(arguments[1]): \(error.message)")
}
