import ModelExchange
import Training

/// The files of a run in a format, and what the format cannot say.
func exported(_ folder: String, to format: String) throws -> Export? {
  let run = try Run.open(folder)
  guard let exporter = Exporters.all.first(where: { $0.name == format }) else { return nil }
  return try exporter.export(run.model, named: run.manifest.name)
}
