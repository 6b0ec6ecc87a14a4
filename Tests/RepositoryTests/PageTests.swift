import Foundation
import TestSupport
import Testing

@Suite("the pages of the repository")
struct PageTests {
  static let pages =
    ["README.md", "Benchmarks/README.md", "Server/README.md"]
    + ["Sources", "Tests", "specs"].flatMap { Repository.files(below: $0, ending: ".md") }

  @Test("every link leads to a file that exists", arguments: pages)
  func links(page: String) {
    let folder = (page as NSString).deletingLastPathComponent
    for part in Repository.text(page).components(separatedBy: "](").dropFirst() {
      let target = part.prefix { $0 != ")" && $0 != "#" }
      guard !target.isEmpty, !target.hasPrefix("https://") else { continue }
      let path = Repository.path(folder.isEmpty ? "\(target)" : "\(folder)/\(target)")
      #expect(FileManager.default.fileExists(atPath: path), "\(page): \(target)")
    }
  }

  @Test("every example has its line in the page about specs")
  func examples() {
    let text = Repository.text("specs/README.md")
    for file in Repository.files(below: "specs/examples", ending: ".yaml") {
      let name = (file as NSString).lastPathComponent
      #expect(text.contains("[\(name)](examples/\(name))"), "\(file)")
    }
  }

  @Test("every module has its line in the map")
  func modules() throws {
    let text = Repository.text("Sources/README.md")
    let folders = try FileManager.default.contentsOfDirectory(atPath: Repository.path("Sources"))
    for name in folders where !name.hasSuffix(".md") {
      #expect(text.contains("`\(name)`"), "\(name)")
    }
  }

  @Test(
    "nothing that a build makes is tracked",
    .enabled(
      if: FileManager.default.fileExists(atPath: Repository.path(".git")),
      "only a git checkout knows what is tracked"))
  func tracked() throws {
    // In a container the checkout often belongs to another user, which git refuses by itself.
    let line = "git -c safe.directory='*' ls-files"
    let files = try Tool.shell(line, in: Repository.root).components(separatedBy: "\n")
    #expect(files.contains("Package.swift"))
    for file in files {
      #expect(!file.hasPrefix(".build/") && !file.hasPrefix("runs/"), "\(file)")
      #expect(!file.hasSuffix("Package.resolved") && !file.hasSuffix(".DS_Store"), "\(file)")
    }
  }
}
