import Foundation
import TestSupport
import Testing

@Suite("plumb predict")
struct PredictCommandTests {
  /// A folder with a run on a table of numbers, levels and names.
  private func folderWithRun(_ more: String = "") throws -> String {
    let folder = try Repository.temporaryFolder()
    let rows = (0..<80).map { row in
      "id\(row),\(Double(row % 13) / 2),\(["red", "green"][row % 2]),\(["in", "out"][row / 3 % 2])"
    }
    try write((["id,size,colour,place"] + rows).joined(separator: "\n") + "\n", "\(folder)/t.csv")
    try write(
      """
      plumb: 1
      data: {source: t.csv, target: place, ignore: [id]\(more)}
      model: {hidden_layers: [4]}
      training: {epochs: 2}
      """, "\(folder)/t.yaml")
    let result = try Tool.run(["train", "t.yaml", "--run", "run", "--quiet"], in: folder)
    try #require(result.code == 0, "\(result.errors)")
    return folder
  }

  private func write(_ text: String, _ path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private let mixed = """
    id,size,colour
    a,1.5,red
    "b, c",abc,green
    d,2,violet
    e,3
    f,,green

    """

  @Test("the first row with a problem ends it, and the file is not there")
  func stop() throws {
    let folder = try folderWithRun()
    let result = try Tool.run(
      ["predict", "run", "-", "--output", "p.csv"], in: folder, input: mixed)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(
      result.errors == """
        error: `<stdin>`, row 2 (line 3): `abc` in `size` is not a number
        help: `--on-error skip` leaves such rows out, `--on-error empty` writes them without a \
        prediction

        """)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(left == ["run", "t.csv", "t.yaml"])
  }

  @Test("rows with problems are left out or empty, each is named, and others are copied")
  func skipAndEmpty() throws {
    let folder = try folderWithRun()
    let skip = try Tool.run(
      ["predict", "run", "--on-error", "skip", "--keep", "id"], in: folder, input: mixed)
    #expect(skip.code == 0, "\(skip.errors)")
    let lines = skip.output.split(separator: "\n")
    #expect(lines.map { $0.split(separator: ",")[0] } == ["id", "a", "d", "f"])
    #expect(
      skip.errors == """
        warning: `<stdin>`, row 2 (line 3): `abc` in `size` is not a number
        warning: `<stdin>`, row 4 (line 5): it has 2 values where the table has 3 columns
        warning: `<stdin>`, row 3 (line 4): `violet` in `colour` was not seen in training
        2 rows could not be predicted: left out
        1 cell held a category that training has not seen: taken as unknown

        """)
    let empty = try Tool.run(
      ["predict", "run", "--on-error", "empty", "--keep-all"], in: folder, input: mixed)
    let all = empty.output.components(separatedBy: "\n")
    #expect(all[0] == "id,size,colour,prediction,probability_in,probability_out")
    #expect(all[2] == "\"b, c\",abc,green,,,")
    #expect(all[4] == "e,3,,,," && all.count == 7)
  }

  @Test("bytes that are not UTF-8 late in a table are a problem of their row, as is said of them")
  func foreignBytes() throws {
    let folder = try folderWithRun()
    let line = """
      (echo id,size,colour; yes a,1.5,red | head -n 400000; printf 'b\\351,2,red\\nc,2,red\\n') > u.csv
      plumb predict run u.csv --output p.csv 2>&1; echo "code $?"
      plumb predict run u.csv --on-error skip --keep id 2>&1 | tail -n 3
      plumb predict run u.csv --on-error empty --keep id --format jsonl 2>/dev/null | tail -n 2
      """
    let text = try Tool.shell(line, in: folder)
    #expect(text.contains("error: `u.csv`, row 400001 (line 400002): some of its bytes are not UTF-8"))
    #expect(text.contains("code 2") && text.contains("\nc,"), "\(text)")
    #expect(text.contains("1 row could not be predicted: left out"))
    #expect(text.contains("{\"id\":null,\"prediction\":null,"))
  }

  @Test("an interruption while it waits for standard input ends it, and nothing is left")
  func waiting() throws {
    let folder = try folderWithRun()
    let line = """
      mkfifo pipe; sleep 60 > pipe & s=$!
      plumb predict run - --output out.csv < pipe 2> err & p=$!
      until ls | grep -q partial; do kill -0 $p || break; sleep 0.05; done
      kill -INT $p; wait $p; echo "code $?"; cat err; kill $s; ls
      """
    let text = try Tool.shell(line, in: folder)
    #expect(text.contains("code 130\nerror: interrupted\n"), "\(text)")
    #expect(!text.contains("partial") && !text.contains("out.csv"))
  }

  @Test("JSON Lines in and out say what CSV does")
  func jsonLines() throws {
    let folder = try folderWithRun()
    let csv = try Tool.run(["predict", "run", "t.csv"], in: folder).output
    let rows = csv.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let objects = (0..<80).map { row in
      "{\"size\": \(Double(row % 13) / 2), \"colour\": \"\(["red", "green"][row % 2])\"}"
    }
    let result = try Tool.run(
      ["predict", "run", "--format", "jsonl", "--keep", "size"], in: folder,
      input: objects.joined(separator: "\n"))
    struct Line: Decodable {
      var size: Double
      var prediction: String
      var probability_in: Float
    }
    let lines = try result.output.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(lines.map(\.prediction) == rows.map { String($0[0]) })
    #expect(lines.map(\.probability_in) == rows.map { Float($0[1]) })
    #expect(lines[3].size == 1.5)
  }

  @Test("several tables and gzip of them are one, and a packed output unpacks to the plain one")
  func severalAndPacked() throws {
    let folder = try folderWithRun()
    _ = try Tool.shell("gzip -k t.csv", in: folder)
    let both = try Tool.run(["predict", "run", "t.csv", "t.csv.gz"], in: folder).output
    let once = try Tool.run(["predict", "run", "t.csv"], in: folder).output
    let body = once.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
    #expect(both == once + body)
    let packed = try Tool.run(
      ["predict", "run", "t.csv", "t.csv.gz", "-o", "p.csv.gz"], in: folder)
    #expect(packed.code == 0 && packed.output.isEmpty)
    #expect(try Tool.shell("gunzip -c p.csv.gz", in: folder) == both)
    let again = try Tool.run(["predict", "run", "t.csv", "-o", "p.csv.gz"], in: folder)
    #expect(again.code == 2 && again.errors.contains("is there already"))
    _ = try Tool.run(["predict", "run", "t.csv", "-o", "p.tsv"], in: folder)
    #expect(
      try Tool.shell("tr '\\t' , < p.tsv", in: folder) == once)
  }

  @Test("a category that training refuses is a problem of its row")
  func refused() throws {
    let folder = try folderWithRun(", category: {unknown: error}")
    let result = try Tool.run(
      ["predict", "run", "--on-error", "skip"], in: folder,
      input: "size,colour\n1,violet\n1,red\n1e30,red\n")
    #expect(result.output.split(separator: "\n").count == 2)
    #expect(result.errors.contains("row 1 (line 2): `violet` in `colour` was not seen"))
    #expect(result.errors.contains("row 3 (line 4): 1e+30 in `size` is too large"))
  }

  @Test("what cannot be done is said in a line", arguments: [
    (["run", "-"], "size\n1\n", "there is no column `colour`"),
    (["run", "-"], "", "holds no data"),
    (["run", "nowhere.csv"], "", "nowhere.csv"),
    (["run", "-", "--keep", "name"], "size,colour\n1,red\n", "there is no column `name`"),
    (["run", "-", "--keep-all"], "size,colour,prediction\n1,red,x\n", "cannot be kept"),
    (["run", "-", "--format", "xml"], "", "invalid"),
    (["run", "-", "-o", "none/p.csv"], "size,colour\n1,red\n", "cannot be written"),
  ])
  func mistakes(arguments: [String], input: String, words: String) throws {
    let folder = try folderWithRun()
    let result = try Tool.run(["predict"] + arguments, in: folder, input: input)
    #expect(result.code == 2 || result.code == 64)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test("columns that training did not have are ignored, and named")
  func strangeColumns() throws {
    let folder = try folderWithRun()
    let result = try Tool.run(
      ["predict", "run"], in: folder, input: "place,size,Size,colour,id\nin,1,2,red,a\n")
    #expect(result.code == 0)
    #expect(result.errors == "note: `<stdin>` has columns that the run does not use: `Size`\n")
  }

  @Test("a header without rows gives a header")
  func noRows() throws {
    let folder = try folderWithRun()
    let result = try Tool.run(["predict", "run"], in: folder, input: "size,colour\n")
    #expect(result.code == 0)
    #expect(result.output == "prediction,probability_in,probability_out\n")
  }
}
