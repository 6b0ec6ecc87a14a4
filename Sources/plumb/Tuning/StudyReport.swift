import Reporting
import Tuning

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The page of a study.
struct StudyReport {
  /// What the objectives are called among the texts that a study keeps, a line for each.
  static let objectives = "objectives"

  private let place: String

  /// Nil for what is no study: a folder, or nothing.
  init?(_ place: String) {
    let isAddress = place.contains("://")
    let path = place.firstRange(of: "?study=").map { String(place[..<$0.lowerBound]) } ?? place
    var isFolder = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard isAddress || (exists && !isFolder) || path.hasSuffix(".db") else { return nil }
    self.place = place
  }

  /// Writes the page beside the study's file, or where the user wants it, and says where; and the
  /// trials for TensorBoard, if there is a folder for them.
  func write(to output: String?, board: String?) throws {
    let (study, path) = try read()
    if let board {
      try StudyBoard(
        settings: study.settings, objectives: study.objectives, trials: study.trials
      ).write(to: board)
    }
    let html = StudyPage(study).html
    if output == "-" { return Console.print(html) }
    guard let target = output ?? path else {
      throw Failure(
        "a study on a server has no folder: name the page",
        hint: "plumb report \(quoted(place)) --output study.html")
    }
    try writeWhole(html, to: target)
    Console.print(target)
  }

  /// The study, and its page's usual place, which a study on a server has not.
  private func read() throws(Failure) -> (study: ReportedStudy, path: String?) {
    do throws(StudyError) {
      let address = try StudyAddress(place)
      var path: String?
      if case .file(let file) = address.place {
        guard FileManager.default.fileExists(atPath: file) else {
          throw StudyError(
            "there is no study at `\(file)`", hints: ["`plumb tune SPEC` begins one"])
        }
        path = (file.hasSuffix(".db") ? String(file.dropLast(3)) : file) + ".html"
      }
      let store = try DatabaseStore.existing(address)
      let names = (store.texts[Self.objectives] ?? "").split(separator: "\n").map(String.init)
      let count = store.settings.directions.count
      let usual = (1...max(1, count)).map { count == 1 ? "objective" : "objective \($0)" }
      let study = ReportedStudy(
        store.settings, objectives: names.count == count ? names : usual,
        trials: try store.trials())
      return (study, path)
    } catch {
      throw Failure(error)
    }
  }
}
