import Testing

@testable import Training
@testable import plumb

@Suite("the picture of a training")
struct ProgressFrameTests {
  static let start = RunStart(
    name: "iris", trainRows: 105, validationRows: 23, testRows: 22, parameters: 67, epochs: 200,
    stepsPerEpoch: 4, monitor: "validation.loss", mayStopEarly: true)

  static func report(_ epoch: Int, validation: Bool = true) -> EpochReport {
    let loss = 2.0 / Double(epoch)
    return EpochReport(
      epoch: epoch, step: 4 * epoch, trainingLoss: loss,
      validationLoss: validation ? loss + 0.01 * Double(epoch) : nil, metrics: [:],
      learningRate: 0.001, gradientNorm: 0.5, isBest: epoch <= 14)
  }

  static func state(
    _ epochs: Int, validation: Bool = true, stopped: StopReason? = nil
  ) -> ProgressState {
    var state = ProgressState()
    state.take(.started(start))
    for epoch in 1...epochs {
      state.take(.measured(MeasuredMetric(name: "accuracy", value: 0.95)))
      state.take(.epoch(report(epoch, validation: validation)))
    }
    if let stopped { state.take(.stopped(stopped)) }
    return state
  }

  private func lines(
    _ state: ProgressState, _ columns: Int, _ rows: Int = 24,
    _ look: TerminalLook = TerminalLook(.unicode)
  ) -> [String] {
    ProgressFrame(state: state, seconds: 10)
      .lines(in: TerminalSize(columns: columns, rows: rows), look: look)
  }

  @Test("no line reaches the last column and the block leaves a row, whatever the size")
  func fits() {
    let states = [Self.state(1), Self.state(62), Self.state(200, stopped: .finished)]
    for state in states {
      for columns in 1...130 {
        for rows in [1, 2, 3, 5, 8, 12, 24] {
          let lines = lines(state, columns, rows)
          #expect(lines.allSatisfy { $0.count < max(2, columns) }, "\(columns) × \(rows)")
          #expect(lines.count <= max(1, rows - 1), "\(columns) × \(rows)")
        }
      }
    }
  }

  @Test("a run that goes on is shown as if it had never stopped, but for the speed")
  func resumed() {
    var state = ProgressState()
    var start = Self.start
    (start.stepsDone, start.earlier) = (4 * 30, (1...30).map { Self.report($0) })
    state.take(.started(start))
    #expect(state.best?.epoch == 14 && state.epoch == 31)
    for epoch in 31...62 {
      state.take(.measured(MeasuredMetric(name: "accuracy", value: 0.95)))
      state.take(.epoch(Self.report(epoch)))
    }
    let (whole, parts) = (lines(Self.state(62), 100), lines(state, 100))
    #expect(whole.count == parts.count && whole.dropFirst(2) != [])
    for (whole, parts) in zip(whole, parts).dropFirst() where !whole.contains("samples/s") {
      #expect(whole == parts)
    }
  }

  @Test("a wide terminal shows everything")
  func wide() {
    let text = lines(Self.state(62), 100).joined(separator: "\n")
    for words in [
      "epoch  63/200", "━", "10 s  at most 22 s left", "training loss 0.03226",
      "validation loss 0.6523", "accuracy 0.9500", "best epoch 14", "rate 0.001",
      "651 samples/s", "gradient 0.5000", "2.010", "training",
    ] {
      #expect(text.contains(words), "\(words) in\n\(text)")
    }
    #expect(lines(Self.state(62), 100).count == 7)
  }

  @Test("what goes first when it gets narrow is what matters least, and no number is cut")
  func narrow() {
    let state = Self.state(62)
    func has(_ words: String, _ columns: Int) -> Bool {
      lines(state, columns).joined(separator: "\n").contains(words)
    }
    // The last columns in which each is there: what matters more stays longer.
    let order = ["best epoch 14", "training loss", "accuracy", "validation loss", "0.6523"]
    let least = order.map { words in (1...130).first { has(words, $0) } ?? 131 }
    #expect(least == least.sorted(by: >), "\(least)")
    for columns in 1...130 {
      let first = lines(state, columns)[0]
      let isWhole =
        first.contains("63/200") || first.contains("31 %")
        || first.allSatisfy { $0 == " " }
      #expect(isWhole || columns < 6, "\(columns): \(first)")
    }
  }

  @Test("a plain locale and a monochrome terminal get nothing beyond ASCII and no codes")
  func ascii() {
    let text = lines(Self.state(62), 100, 24, TerminalLook(.ascii)).joined(separator: "\n")
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7F).contains($0.value) })
    #expect(text.contains("[###"))
    #expect(text.contains("*"))
    #expect(!lines(Self.state(62), 100).joined().contains("\u{1B}"))
  }

  @Test("colour changes no character")
  func colour() {
    let plain = lines(Self.state(62), 100)
    let coloured = lines(Self.state(62), 100, 24, TerminalLook(.unicode, isColoured: true))
    let bare = coloured.map { line in
      line.replacing(#/\u{1B}\[[0-9]*m/#, with: "")
    }
    #expect(bare == plain)
    #expect(coloured != plain)
  }

  @Test("the locale decides the characters", arguments: [
    (["LANG": "de_DE.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false),
    ([:], false), (["LC_ALL": "C", "LANG": "en_US.UTF-8"], false),
    (["LC_ALL": "", "LC_CTYPE": "en_US.UTF-8"], true),
    (["LANG": "ca_ES.UTF-8@valencia"], true), (["LANG": "C.UTF-8", "TERM": "linux"], false),
  ])
  func locale(environment: [String: String], isUnicode: Bool) {
    let look = TerminalLook(isColoured: false) { environment[$0] }
    #expect((look.characters == .unicode) == isUnicode)
  }

  @Test("without validation rows the training loss is what stays")
  func trainingOnly() {
    let state = Self.state(62, validation: false)
    #expect(lines(state, 40).joined().contains("training loss 0.03226"))
    #expect(!lines(state, 100).joined().contains("validation"))
  }

  @Test("the end says how it ended and how long it took")
  func endings() {
    func first(_ reason: StopReason) -> String { lines(Self.state(62, stopped: reason), 100)[0] }
    #expect(first(.earlyStopping).contains("epoch  62/200"))
    #expect(first(.earlyStopping).contains("stopped early after 10 s"))
    #expect(first(.interrupted).contains("interrupted after 10 s"))
    #expect(lines(Self.state(200, stopped: .finished), 100)[0].contains("done in 10 s"))
  }

  @Test("steps move the epoch that is going on")
  func steps() {
    var state = Self.state(1)
    state.take(.step(StepReport(epoch: 2, step: 6)))
    #expect(state.epoch == 2)
    #expect(state.epochsDone == 1.5)
    #expect(state.share == 1.5 / 200)
  }

  @Test("one of several runs says which")
  func severalRuns() {
    var state = ProgressState()
    state.take(.repeated(.init(number: 2, runCount: 15, fold: 1, folds: 5, seed: 43)))
    state.take(.started(Self.start))
    state.take(.epoch(Self.report(1)))
    #expect(lines(state, 100)[0].contains("run 2/15  epoch   2/200"))
  }
}

@Suite("a curve in bounded memory")
struct LossCurveTests {
  @Test("a hundred thousand epochs take no more room than five hundred, and keep the form")
  func bounded() {
    var curve = LossCurve()
    for epoch in 0..<100_000 { curve.append(Double(epoch)) }
    #expect(curve.values.count <= LossCurve.capacity)
    #expect(curve.values.count >= LossCurve.capacity / 4)
    #expect(curve.values == curve.values.sorted())
    #expect(curve.values[0] < 1000)
  }

  @Test("losses that are no numbers are left out")
  func notFinite() {
    var curve = LossCurve()
    for value in [1, .nan, .infinity, 2] { curve.append(value) }
    #expect(curve.values == [1, 2])
  }

  @Test("few values are joined by straight lines, many are averaged")
  func sampled() {
    var curve = LossCurve()
    for value in [0.0, 2, 1] { curve.append(value) }
    #expect(curve.sampled(at: 5) == [0, 1, 2, 1.5, 1])
    for _ in 0..<97 { curve.append(1) }
    #expect(curve.sampled(at: 10).count == 10)
    #expect(curve.sampled(at: 10)[9] == 1)
  }

  @Test("a curve that does not vary, or has one value, is no plot")
  func flat() {
    var curve = LossCurve()
    curve.append(1)
    let none = LossCurve()
    func plot() -> [String] {
      LossPlot(training: curve, validation: none)
        .lines(columns: 80, rows: 4, look: TerminalLook(.unicode))
    }
    #expect(plot().isEmpty)
    curve.append(1)
    #expect(plot().isEmpty)
    curve.append(2)
    #expect(plot().count == 4)
  }
}

@Suite("figures that people watch")
struct FigureTests {
  @Test("times in the two units that matter", arguments: [
    (0.04, "0.0 s"), (8.26, "8.2 s"), (59.9, "59 s"), (200, "3 min 20 s"), (7500, "2 h 5 min"),
    (273_600, "3 d 4 h"), (Double.infinity, "very long"),
  ])
  func times(seconds: Double, text: String) { #expect(timeText(seconds) == text) }

  @Test("a figure keeps its width while it changes", arguments: [
    (0.05, "0.05000"), (0.0451, "0.04510"), (1, "1.000"), (12.3456, "12.35"), (1234, "1234"),
    (0, "0.0"), (Double.nan, "nan"),
  ])
  func steady(value: Double, text: String) { #expect(steadyFigure(value) == text) }

  @Test("speeds in three digits", arguments: [
    (12.34, "12.3"), (119_456, "119,000"), (1_234_567, "1,230,000"), (999, "999"),
  ])
  func speeds(value: Double, text: String) { #expect(roundedSpeed(value) == text) }
}
