import Training

/// Where the time of training went, as a table.
struct ProfileText {
  let profile: Profile

  init(_ profile: Profile) { self.profile = profile }

  var text: String {
    var rows = [["part", "op", "pass", "calls", "seconds", "share", "GFLOP/s", "of peak"]]
    for part in profile.parts {
      rows.append([
        part.name, part.op ?? "", part.pass ?? "", "\(part.calls)", figure(part.seconds),
        percent(part.share), part.gflops.map(figure) ?? "–",
        part.shareOfPeak.map(percent) ?? "–",
      ])
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.indices.map { column in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        return column < 3 ? row[column] + gap : gap + row[column]
      }.joined(separator: "  ")
    }
    let threads = profile.threads == 1 ? "1 thread" : "\(profile.threads) threads"
    let peak = "peak of \(threads): \(figure(profile.peakGflops)) GFLOP/s"
    return (lines + ["", peak]).joined(separator: "\n")
  }

  private func percent(_ share: Double) -> String {
    "\((share * 1000).rounded() / 10)%"
  }
}
