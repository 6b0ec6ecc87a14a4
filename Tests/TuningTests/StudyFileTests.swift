import Foundation
import SpecSyntax
import TestSupport
import Testing

@testable import Tuning

@Suite("The file of a study")
struct StudyFileTests {
  private func refusal(_ path: String) -> String? {
    message { _ = try DatabaseStore.open(StudyAddress(file: path), mixedSettings()) }
  }

  @Test("what is no study is told in a line, and stays as it is")
  func foreign() throws {
    let path = try Repository.temporaryFolder() + "/x.db"
    try Data("rate,units\n1,2\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(refusal(path) == "`\(path)` is no study: it is not a file of SQLite")
    #expect(FileManager.default.contents(atPath: path) == Data("rate,units\n1,2\n".utf8))
    let other = path + "2"
    try SQLiteDatabase(other, .creating, patience: 1).run("CREATE TABLE songs (name TEXT)")
    let before = FileManager.default.contents(atPath: other)
    #expect(refusal(other) == "`\(other)` is no study: it is another program's file of SQLite")
    #expect(FileManager.default.contents(atPath: other) == before)
  }

  @Test("newer tables are left alone")
  func newer() throws {
    for (change, words) in [
      ("UPDATE plumb_version SET version = 99", "newer version of plumb"),
      ("UPDATE alembic_version SET version_num = 'v9.0.0.a'", "another version of Optuna: `v9.0.0.a`"),
      ("UPDATE plumb_studies SET settings = '{\"kind\":2}'", "newer version of plumb"),
    ] {
      let path = try Repository.temporaryFolder() + "/x.db"
      #expect(refusal(path) == nil)
      try SQLiteDatabase(path, .changing, patience: 1).run(change)
      let told = refusal(path)
      #expect(told?.contains(words) == true, "\(told ?? "")")
    }
  }

  @Test("a damaged file is told, and not written over")
  func damaged() throws {
    let path = try Repository.temporaryFolder() + "/x.db"
    #expect(refusal(path) == nil)
    var bytes = [UInt8](try #require(FileManager.default.contents(atPath: path)))
    #expect(bytes.count > 20_000)
    for index in 4096..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 167) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let told = refusal(path)
    #expect(told?.hasPrefix("`\(path)`") == true && told?.contains("\n") == false, "\(told ?? "")")
    #expect(told?.contains("damaged") == true || told?.contains("malformed") == true, "\(told ?? "")")
  }

  @Test("a file that another program keeps locked is told after a while")
  func locked() throws {
    let path = try Repository.temporaryFolder() + "/x.db"
    #expect(refusal(path) == nil)
    let holder = try SQLiteDatabase(path, .changing, patience: 1)
    try holder.run("BEGIN IMMEDIATE")
    let other = try SQLiteDatabase(path, .changing, patience: 0.1)
    let told = message { try other.run("BEGIN IMMEDIATE") }
    #expect(told == "`\(path)` is locked by another program")
  }

  @Test("a file that cannot grow is told, and what was finished is kept")
  func full() throws {
    let path = try Repository.temporaryFolder() + "/x.db"
    let store = try DatabaseStore.open(StudyAddress(file: path), mixedSettings(parallel: 1))
    let claim = try #require(try claimed(store))
    try finished(claim, in: store, values: [1])
    try store.locked { state throws(StudyError) in try state.database.run("PRAGMA max_page_count = 1") }
    let told = message {
      for _ in 0..<1000 {
        guard let claim = try claimed(store) else { return }
        try finished(claim, in: store, values: [1])
      }
    }
    #expect(told == "`\(path)` cannot grow: the disk is full")
    #expect(try DatabaseStore.existing(StudyAddress(file: path)).trials()[0].values == [1])
  }

  @Test("a missing folder is made, and one that cannot be is told")
  func folder() throws {
    let folder = try Repository.temporaryFolder()
    #expect(refusal(folder + "/new/x.db") == nil)
    let path = folder + "/new/x.db/y.db"
    #expect(refusal(path) == "`\(path)` cannot be opened: its folder is missing or may not be written")
    let absent = folder + "/x.db"
    let told = message { _ = try DatabaseStore.existing(StudyAddress(file: absent)) }
    #expect(told == "there is no file `\(absent)`")
    #expect(!FileManager.default.fileExists(atPath: absent))
  }

  @Test("disks of other machines are known by their numbers")
  func network() throws {
    #expect(FileSystemKind.network(0x6969) == "NFS" && FileSystemKind.network(0xFF53_4D42) == "SMB")
    #expect(FileSystemKind.network(0xEF53) == nil)
    #expect(FileSystemKind.network(of: try Repository.temporaryFolder()) == nil)
    let told = StudyError.network("NFS", "a.db")
    #expect(told.hints.contains { $0.contains("--store postgres://") })
  }

  @Test("settings come back from what is kept of them")
  func settings() throws {
    let settings = mixedSettings(seed: .max, directions: [.minimize, .maximize])
    #expect(StudySettings(json: settings.json, name: "study", directions: settings.directions) == settings)
    #expect(StudySettings(json: "{}", name: "study", directions: []) == nil)
  }

  @Test("every kind of dimension is to Optuna what it is here")
  func distributions() throws {
    for dimension in mixedSpace.dimensions {
      let there = try #require(Dimension.Domain(optunaJSON: dimension.domain.optunaJSON))
      for place in stride(from: 0.0, to: 1, by: 0.07) {
        let number = dimension.number(at: place)
        #expect(dimension.number(of: number, in: there) == number)
        #expect(dimension.number(ofOptuna: dimension.optunaValue(of: number)) == number)
      }
    }
    #expect(
      mixedSpace.dimensions[0].domain.optunaJSON
        == #"{"name":"FloatDistribution","attributes":{"step":null,"low":0.0001,"high":1.0,"log":true}}"#)
  }

  private func reread(_ text: String) -> String? { JSONValue(json: text)?.text(.line) }

  @Test("JSON is read as Python writes it")
  func json() {
    #expect(reread(#"{"a": [1, -2.5e3, true, null, "x\u00e9\ud83d\ude00\n"]}"#) == #"{"a":[1,-2500.0,true,null,"xé😀\n"]}"#)
    for wrong in ["", "{", "[1,]", "{\"a\"}", "01x", "\"", "[1] 2", "nul", "\"\\ud800\""] {
      #expect(reread(wrong) == nil, "\(wrong)")
    }
  }
}
