import Tables

// Reads a table to typed columns: read-table FILE THREADS. Prints its rows and the seconds it took.
let arguments = CommandLine.arguments
guard arguments.count == 3, let threads = Int(arguments[2]) else {
  fatalError("usage: read-table FILE THREADS")
}
let clock = ContinuousClock()
let start = clock.now
let table = try readTable(at: arguments[1], options: TableOptions(threads: threads))
let duration = (clock.now - start).components
print(table.rowCount, Double(duration.seconds) + Double(duration.attoseconds) * 1e-18)
