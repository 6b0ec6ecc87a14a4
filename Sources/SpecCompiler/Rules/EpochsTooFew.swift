import SpecSyntax

extension Rule {
  static let epochsTooFew = Rule(
    code: "E601", name: "epochs-too-few", level: .warning,
    title: "training ended while the validation loss was still falling",
    needs: [.probe], evidence: .textbook,
    rationale: """
      After few passes a network has not yet used what the data offer. With the best epoch kept, \
      longer training can hardly make the result worse. Reported when the run used all its epochs \
      and either the best came in the last tenth or the validation loss still fell by more than \
      1 % over the last tenth. Where the rate falls as planned a late best epoch is normal and \
      only the slope counts. The limits are proposals.
      """,
    source: """
      Common teaching (few epochs underfit); Deep Learning Tuning Playbook 2023, \
      "Deciding how long to train" (err on the longer side).
      """,
    failsWhen: "The rate falls to its end as planned: compare with a run of 1.5 times the length.",
    examples: [
      .fires(
        """
        training:
          learning_rate: 0.001
          epochs: 20   #! E601
        """,
        probe: Probe(
          bestEpoch: 20, epochs: 20, validationLosses: (1...20).map { 1 / Double($0) }),
        fixed: """
          training:
            learning_rate: 0.001
            epochs: 40
          """),
      .silent(
        "training: {learning_rate: 0.001, epochs: 200}",
        probe: Probe(
          bestEpoch: 90, epochs: 110,
          validationLosses: (1...110).map { $0 < 90 ? 1 / Double($0) : 0.02 })),
    ]
  ) { facts, report in
    guard let probe = facts.probe, let epochs = facts.epochs, probe.epochs >= epochs else {
      return
    }
    let isLate = Double(probe.bestEpoch) > 0.9 * Double(epochs) && !facts.isDecayPlanned
    let slope = probe.slopeAtEnd ?? 0
    guard isLate || slope < -0.01 else { return }
    let falling = slope < 0 ? ", and the validation loss still fell by \(percentText(-slope))" : ""
    report.at(
      "training.epochs",
      "the best of \(counted(epochs, "epoch")) was epoch \(probe.bestEpoch)" + falling,
      label: "the run ended before it had settled",
      remedies: [
        .set("training.epochs", .integer(2 * epochs), "train for \(2 * epochs) epochs at the most")
      ])
  }
}
