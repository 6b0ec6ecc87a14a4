import Reporting
import SpecCompiler
import SpecSyntax
import Tables
import Training

/// Everything a page shows of a run, read from its folder and its table.
struct RunReport {
  let folder: String
  /// The table, if it is not where training found it.
  let data: String?
  let labels: String?
  let measuresImportance: Bool

  /// - Parameter examinesRows: whether the rows that judged the run are predicted once more.
  func run(examinesRows: Bool = true) throws -> ReportedRun {
    let run = try openRun(folder)
    let record = try record()
    var missing: [String] = []
    let table = try table(of: run, &missing)
    var examination: RunExamination?
    if examinesRows, let table {
      do throws(TrainingError) {
        examination = try run.examine(table, measuresImportance: measuresImportance)
        if measuresImportance, examination?.importance == nil {
          missing.append(
            "the importance of columns: the inputs are no columns, or measuring takes too long")
        }
      } catch {
        // A table that the user names has to be the right one.
        if data != nil { throw Failure(error) }
        missing.append("\(Self.parts(run)): \(error.message)")
      }
    }
    let isOther = examinesRows && examination == nil
    let specs = RunTable(
      folder, spec: record.specText, resolved: record.resolvedText, table: isOther ? nil : table)
    // What the rules say about the spec now that its run is known.
    let known = specs.own.knowing(probe: record.probe, decided: specs.resolved.spec)
    return ReportedRun(
      run, values: specs.resolved.writtenOrigins, advice: AdviceOrder(known.diagnostics),
      sources: known.sources, examination: examination, missing: missing)
  }

  private func record() throws(Failure) -> RunRecord {
    do throws(TrainingError) {
      return try RunRecord.open(folder)
    } catch {
      throw Failure(error)
    }
  }

  /// The parts of a page that need rows.
  private static func parts(_ run: Run) -> String {
    run.manifest.classes == nil
      ? "residuals, error by decile and the importance of columns"
      : "ROC, precision-recall, calibration and the importance of columns"
  }

  /// The run's table; nil, with the reason, where it cannot be read.
  private func table(of run: Run, _ missing: inout [String]) throws -> Table? {
    let source = run.manifest.data
    let from = source.spec ?? ""
    let path = data ?? FilePath.resolve(source.path, from: from)
    let labels = labels ?? (data == nil ? run.labels.map { FilePath.resolve($0, from: from) } : nil)
    guard data == nil else { return try readTable(path, labels: labels, for: run) }
    do throws(TableError) {
      return try Tables.readTable(at: path, labels: labels, options: run.tableOptions)
    } catch {
      missing.append(
        "\(Self.parts(run)): \(error.words); `plumb report --data TABLE` names another place")
      return nil
    }
  }
}
