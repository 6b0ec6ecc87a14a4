import Foundation
import SpecCompiler
import SpecSyntax
import Tables
import TestSupport

/// The tables and base specs that the specs of the corpus name.
enum CorpusFiles {
  static let folder = "Tests/Fixtures/corpus"

  /// The text of a working spec that the broken ones are made from.
  static func base(_ name: String) -> String { Repository.text("\(folder)/bases/\(name).yaml") }

  static let bases = Repository.files(below: "\(folder)/bases", ending: ".yaml").map {
    String($0.split(separator: "/").last?.dropLast(5) ?? "")
  }

  /// Compiles a spec beside the tables and base specs.
  static func compile(_ source: SourceText) -> Compilation {
    SpecCompiler.compile(source, in: environment)
  }

  private static let known = Shared<Table>()

  static let environment = Environment(
    loadText: { path, _ in
      // The name of the spec that is checked, for one that extends itself.
      if path == "spec.yaml" { return .text(SourceText(name: path, text: "plumb: 1\n")) }
      let text = Repository.text("\(folder)/bases/\(path)")
      return text.isEmpty
        ? .refused("there is no such file") : .text(SourceText(name: path, text: text))
    },
    loadTable: { request in
      let table = request.path
      guard let bytes = tables[table] else {
        return .refused(TableError("there is no such file", path: table))
      }
      do throws(TableError) {
        guard let labels = request.labels else {
          return .table(
            try known.value("\(table) \(request.options)") { () throws(TableError) in
              try readTable(bytes: bytes, name: table, options: request.options)
            })
        }
        guard tables[labels] != nil else {
          return .refused(TableError("there is no such file", path: labels))
        }
        var found = try readTable(
          at: place + "/" + table, labels: place + "/" + labels, options: request.options)
        found.path = table
        return .table(found)
      } catch {
        return .refused(error)
      }
    })

  /// Where files lie that can be read by their paths only.
  private static let place: String = {
    let folder = (try? Repository.temporaryFolder()) ?? ""
    for (name, bytes) in tables {
      _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data(bytes))
    }
    return folder
  }()

  private static let tables: [String: [UInt8]] = [
    "flowers.csv": rows(
      "length,width,colour,code,kind", 90,
      { i in
        """
        \(1 + Double(i * 7 % 23) / 4),\(2 + Double(i * 5 % 17) / 8),\(["red", "blue"][i / 2 % 2]),\
        F\(i)x,\(["rose", "tulip", "violet"][i % 3])
        """
      }),
    "prices.csv": rows(
      "area,rooms,price", 120,
      { i in "\(40 + i * 37 % 101),\(1 + i % 4),\(100.5 + Double(3 * (i * 37 % 101) + i * 53 % 89))" }),
    "houses.csv": rows(
      "area,rooms,district,garden,built,street,sold,price,rent", 160,
      { i in
        """
        \(40 + i * 37 % 101),\(1 + i % 5),\(["north", "south", "east", "west"][i % 4]),\
        \(["yes", "no"][i / 3 % 2]),19\(50 + i % 40)-0\(1 + i % 9)-1\(i % 9),S\(i % 20),\
        20\(10 + i / 16)-0\(1 + i % 9)-1\(i % 7),\
        \(100.5 + Double(3 * (i * 37 % 101) + i * 53 % 89)),\
        \(5.25 + Double(i * 37 % 101) / 8 + Double(i * 29 % 83) / 16)
        """
      }),
    "churn.csv": rows(
      "customer,age,balance,plan,churned", 200,
      { i in
        """
        C\(i)q,\(20 + i * 7 % 45),\(Double(i * 31 % 400) / 2),\
        \(["basic", "plus", "pro"][i % 3]),\(["yes", "no"][i * 7 % 5 / 2 % 2])
        """
      }),
    "visits.csv": rows(
      "hour,weekday,visits", 150, { i in "\(Double(i % 24) + 0.5),\(i % 7),\(i * 13 % 37)" }),
    "losses.csv": rows(
      "hour,gain", 150, { i in "\(Double(i % 24) + 0.5),\(Double(i * 13 % 37) - 10.5)" }),
    "constant.csv": rows("a,b,same", 60, { i in "\(i * 7 % 23),\(i * 5 % 17),1" }),
    "gaps.csv": rows(
      "a,b,y", 90, { i in "\(i * 7 % 23),\(i * 5 % 17),\(i < 3 ? "" : "\(Double(i) + 0.5)")" }),
    "marks.csv": rows(
      "a,b,y", 90, { i in "\(i == 5 ? "broken" : "\(i * 7 % 23)"),\(i * 5 % 17),\(Double(i) + 0.5)" }),
    "alone.csv": rows("y", 60, { i in "\(Double(i) + 0.5)" }),
    "images.idx": [0, 0, 8, 3] + size(80) + size(4) + size(4)
      + (0..<80 * 16).map { UInt8($0 * 31 % 251) },
    "labels.idx": [0, 0, 8, 1] + size(80) + (0..<80).map { UInt8($0 % 4) },
    "half.idx": [0, 0, 8, 1] + size(40) + (0..<40).map { UInt8($0 % 4) },
  ]

  private static func rows(_ header: String, _ count: Int, _ row: (Int) -> String) -> [UInt8] {
    Array((header + "\n" + (0..<count).map { row($0) + "\n" }.joined()).utf8)
  }

  /// A number as IDX files have it.
  private static func size(_ count: UInt8) -> [UInt8] { [0, 0, 0, count] }
}
