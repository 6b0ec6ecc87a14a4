import Tables
import Training

/// A run that is served, with what does not change from request to request.
struct ServedModel: Sendable {
  let run: Run
  let settings: ServerSettings
  let inputs: [RunInput]
  /// The columns that rows must have.
  let columns: [String]
  let knownColumns: Set<String>
  /// How text is read.
  let options: TableOptions
  let openAPI: [UInt8]
  let card: [UInt8]
  let page: [UInt8]

  init(_ run: Run, _ settings: ServerSettings) {
    (self.run, self.settings, inputs) = (run, settings, run.inputs)
    (columns, knownColumns) = (inputs.map(\.name), run.knownColumns)
    var options = run.tableOptions
    options.threads = 1
    self.options = options
    let description = ModelDescription(run, inputs, settings)
    openAPI = OpenAPIDocument(description).value.bytes + [0x0A]
    card = description.card.bytes + [0x0A]
    page = Array(ModelPage(description).text.utf8)
  }
}
