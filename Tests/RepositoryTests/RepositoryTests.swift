import Foundation
import TestSupport
import Testing

@Suite("the repository keeps its promises")
struct RepositoryTests {
  static let sources = Repository.files(below: "Sources", ending: ".swift")
  static let server = Repository.files(below: "Server/Sources", ending: ".swift")

  /// The module that a file of Sources belongs to.
  private static func module(_ file: String) -> String {
    String(file.split(separator: "/")[1])
  }

  @Test("a module imports only what the map allows")
  func imports() {
    let allowed: [String: Set<String>] = [
      "SpecSyntax": ["CYAML"], "Parallel": ["CWorkers"], "Tensors": ["CKernels", "Parallel"],
      "Tables": ["CText", "CZlib", "Parallel"], "NetworkGraph": ["SpecSyntax", "Tensors", "Parallel"],
      "ModelExchange": ["NetworkGraph", "Tables", "Tensors"],
      "SpecCompiler": ["SpecSyntax", "Tables", "NetworkGraph", "Tensors"],
      "Training": [
        "SpecSyntax", "SpecCompiler", "NetworkGraph", "Tensors", "Tables", "ModelExchange",
        "Parallel",
      ],
      "Tuning": [
        "SpecSyntax", "SpecCompiler", "Training", "Tables", "Tensors", "Parallel", "CSQLite",
      ],
      "Linting": ["SpecSyntax", "SpecCompiler", "Tables", "Parallel"],
      "Reporting": [
        "SpecSyntax", "SpecCompiler", "NetworkGraph", "Tensors", "Training", "Tuning",
      ],
      "plumb": [
        "SpecSyntax", "SpecCompiler", "NetworkGraph", "Tables", "ModelExchange", "Training",
        "Tuning", "Linting", "Reporting", "ArgumentParser",
      ],
    ]
    let system: Set<String> = [
      "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin", "Synchronization",
    ]
    for file in Self.sources {
      let known = allowed[Self.module(file)] ?? []
      for name in Self.imports(of: file) where !system.contains(name) {
        #expect(known.contains(name), "\(file) imports \(name)")
      }
    }
  }

  @Test("the server stands above the tables and the training, and alone knows the network")
  func serverImports() {
    let allowed: Set<String> = [
      "Tables", "Training", "Serving", "NIOCore", "NIOHTTP1", "NIOPosix", "Dispatch",
      "Synchronization", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin",
    ]
    #expect(!Self.server.isEmpty)
    for file in Self.server {
      for name in Self.imports(of: file) { #expect(allowed.contains(name), "\(file): \(name)") }
    }
  }

  private static func imports(of file: String) -> [String] {
    Repository.text(file).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
        words[..<index].allSatisfy({ ["public", "internal", "@testable"].contains($0) })
      else { return nil }
      return String(words[index + 1])
    }
  }

  @Test("the lower modules do without Foundation")
  func foundation() {
    let lower = ["SpecSyntax", "Parallel", "Tensors", "NetworkGraph", "SpecCompiler"]
    for file in Self.sources where lower.contains(Self.module(file)) {
      #expect(!Self.imports(of: file).contains { $0.hasPrefix("Foundation") }, "\(file)")
    }
  }

  @Test("memory is unsafe only behind the fence")
  func fence() {
    let fence: Set<String> = [
      "Sources/SpecSyntax/YAMLParser.swift", "Sources/Tables/GzipStream.swift",
      "Sources/Tables/FileAppending.swift", "Sources/Tables/FileBytes.swift",
      "Sources/Tables/FilePlaces.swift",
      "Sources/Tables/FileWriting.swift", "Sources/Tables/FolderLock.swift",
      "Sources/Tables/SHA256.swift", "Sources/Tables/TextLoops.swift", "Sources/plumb/Console.swift",
      "Sources/plumb/Interruption.swift",
      "Sources/plumb/ServerProgram.swift",
      "Sources/Tuning/Store/BackgroundThread.swift",
      "Sources/Tuning/Store/Database/SQLiteDatabase.swift",
      "Sources/Tuning/Store/Database/FileSystemKind.swift",
      "Sources/Tuning/Store/PostgreSQL/ServerSocket.swift",
      "Server/Sources/Serving/StandardError.swift",
    ]
    let isFenced = { ["Tensors", "Parallel"].contains(Self.module($0)) || fence.contains($0) }
    for file in Self.sources + Self.server where !isFenced(file) {
      let code = Repository.text(file).split(separator: "\n").filter {
        !$0.drop { $0 == " " }.hasPrefix("//")
      }
      let offence = code.first { line in
        !line.contains("case unsafe") && !line.contains("--unsafe") && !line.contains("unsafe-inline")
          && line.split { !$0.isLetter && $0 != "_" && $0 != "." && $0 != "\"" }
            .contains("unsafe")
      }
      #expect(offence == nil, "\(file): \(offence ?? "")")
    }
  }

  @Test("lines, functions and files keep within their limits")
  func limits() {
    let files =
      Self.sources + Self.server + Repository.files(below: "Tests", ending: ".swift")
      + Repository.files(below: "Server/Tests", ending: ".swift")
    for file in files {
      let lines = Repository.text(file).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 401, "\(file) has \(lines.count - 1) lines")
      let isTest = file.hasPrefix("Tests") || file.hasPrefix("Server/Tests")
      for (index, line) in lines.enumerated() where line.count > 100 && !isTest {
        Issue.record("\(file):\(index + 1) has \(line.count) columns")
      }
      for (name, length) in Self.functions(lines) where length > 70 {
        Issue.record("\(file): \(name) has \(length) lines")
      }
    }
  }

  /// Functions with their lengths, found by their indentation.
  private static func functions(_ lines: [Substring]) -> [(name: String, length: Int)] {
    var found: [(String, Int)] = []
    for (start, line) in lines.enumerated() {
      let indent = line.prefix { $0 == " " }
      let words = line.split(separator: " ")
      guard words.contains("func") || line.dropFirst(indent.count).hasPrefix("init("),
        line.hasSuffix("{")
      else { continue }
      guard let end = lines[start...].firstIndex(of: indent + "}") else { continue }
      found.append((String(line.dropFirst(indent.count)), end - start + 1))
    }
    return found
  }

  @Test("a family's files are in its list", arguments: [
    ("NetworkGraph/Ops", "NetworkGraph/Ops.swift"),
    ("NetworkGraph/Losses", "NetworkGraph/Losses.swift"),
    ("NetworkGraph/Optimizers", "NetworkGraph/Optimizers.swift"),
    ("NetworkGraph/Schedules", "NetworkGraph/Schedules.swift"),
    ("NetworkGraph/Initializers", "NetworkGraph/Initializers.swift"),
    ("SpecCompiler/Rules", "SpecCompiler/Rules.swift"),
  ])
  func lists(folder: String, list: String) {
    let text = Repository.text("Sources/\(list)").lowercased()
    let files = Repository.files(below: "Sources/\(folder)", ending: ".swift")
    #expect(!files.isEmpty)
    for file in files {
      let name = file.split(separator: "/").last?.dropLast(6) ?? ""
      #expect(text.contains(name.lowercased()), "\(file) is not in \(list)")
    }
  }

  @Test("modules stay within their line budgets")
  func budgets() {
    let budgets = [
      "SpecSyntax": 7_200, "Parallel": 150, "Tables": 8_800, "Tensors": 3_500,
      "NetworkGraph": 9_000, "SpecCompiler": 23_500, "Training": 10_200, "ModelExchange": 4_000,
      "Tuning": 10_000, "Linting": 2_500, "Reporting": 4_500, "plumb": 10_500,
    ]
    for (module, budget) in budgets {
      let count = Self.sources.filter { Self.module($0) == module }.reduce(0) {
        $0 + Repository.text($1).split(separator: "\n", omittingEmptySubsequences: false).count
      }
      #expect(count > 0 && count <= budget, "\(module) has \(count) lines")
    }
  }

  @Test("nothing left over, nothing local, nothing large")
  func cleanliness() throws {
    let texts = Self.sources + Repository.files(below: "specs", ending: ".yaml")
      + ["scripts/quickstart", "scripts/test", "scripts/lib.sh", "scripts/kill-test"]
      + ["scripts/build-server", "scripts/worker-test", "README.md", "Package.swift"]
    for file in texts {
      let text = Repository.text(file)
      for word in ["/work/", "/home/", "/root/", "TODO", "FIXME"] {
        #expect(!text.contains(word), "\(file) contains \(word)")
      }
    }
    for folder in ["Sources", "Tests", "specs", "scripts"] {
      for file in Repository.files(below: folder, ending: "") {
        let size = try FileManager.default.attributesOfItem(atPath: Repository.path(file))[.size]
        #expect((size as? Int ?? 0) < 1_000_000, "\(file)")
      }
    }
  }

  @Test("scripts can be run", arguments: ["scripts/quickstart", "scripts/test", "scripts/kill-test", "scripts/build-server", "scripts/worker-test", ".ci/run"])
  func executable(script: String) {
    #expect(FileManager.default.isExecutableFile(atPath: Repository.path(script)))
  }
}
