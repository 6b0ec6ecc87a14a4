import SpecSyntax

extension Rule {
  static let twoThirdsOfInputs = Rule(
    code: "A203", name: "two-thirds-rule",
    title: "starting width from two thirds of the inputs plus the outputs",
    needs: [.profile], evidence: .folklore,
    rationale: """
      Two thirds of the inputs plus the outputs ties the size of the network to that of the data \
      and was proposed for small tables and networks without regularisation. Alone it ignores \
      rows, noise and training method. Kept within 32 and 64 units (128 from 5,000 rows) it had \
      the lowest loss of all rules tried on 13 public tables, which is what an open \
      `hidden_layers` becomes. Reported when a single layer has less than half of that and fewer \
      than 1,000 rows train it; for more rows A210 speaks.
      """,
    source: """
      Common teaching; Heaton 2008, ch. 5. Measured on 13 public tables: alone it loses \
      3.1 % (worst 18 %), kept within 32 and 64 it loses 0.4 % (worst 1.9 %), within 32 and 128 \
      0.7 % (worst 4.8 %). Against: W. Sarle, comp.ai.neural-nets, February 1995.
      """,
    failsWhen: """
      Alone: few inputs (two inputs can need dozens of units), many classes, or hundreds of \
      inputs with few rows. Kept between the rails it was worst on a table of 10,000 rows and 8 \
      inputs, which wants 128 units and more.
      """,
    conflict: """
      sources disagree: the classical rule was made for networks without regularisation; tuned \
      networks of current studies are 5 times wider at the median
      """,
    options: [
      .number(
        "share", default: 0.5,
        "Share of the recommended width under which a layer is reported.")
    ],
    examples: [
      .fires(
        """
        model:
          hidden_layers: [6]   #! A203
        """, on: ExampleTable(rows: 150, inputs: 4, classes: 3),
        fixed: """
          model:
            hidden_layers: [32]
          """),
      .silent("model: {hidden_layers: [256, 256]}", on: ExampleTable(rows: 569, inputs: 30)),
      .decides(
        "[32]", "model: {hidden_layers: auto}", on: ExampleTable(rows: 569, inputs: 30)),
      .decides(
        "[39]", "model: {hidden_layers: auto}", on: ExampleTable(rows: 1704, inputs: 57)),
      .decides(
        "[85]", "model: {hidden_layers: auto}", on: ExampleTable(rows: 6433, inputs: 126)),
    ],
    decides: Decider("model.hidden_layers") { facts in
      guard facts.spec.model.layers == nil, let sizing = facts.sizing else { return nil }
      return Choice(
        .list([.integer(sizing.recommended)]),
        because: """
          two thirds of \(counted(sizing.inputs, "input")) plus \
          \(counted(sizing.outputs, "output")) is \
          \(Sizing.twoThirds(inputs: sizing.inputs, outputs: sizing.outputs)); \(sizing.reason)
          """)
    }
  ) { facts, report in
    guard facts.hasWrittenWidths, let rows = facts.trainRows, rows < 1000,
      let sizing = facts.sizing, facts.hidden.count == 1, let layer = facts.hidden.first,
      Double(layer.units) < report.option("share") * Double(sizing.recommended)
    else { return }
    report.at(
      layer.path, "a hidden layer of \(counted(layer.units, "unit")) learns slowly",
      label: report.option("share") == 0.5
        ? "under half of \(sizing.recommended)" : "\(sizing.recommended) are recommended",
      notes: ["on 13 public tables networks of 4 to 15 units lost up to 13 %"],
      remedies: [
        .set(layer.path, .integer(sizing.recommended), "use \(sizing.recommended) units")
      ])
  }
}
