import Testing

@testable import Tuning

@Suite("The address of a study")
struct StudyAddressTests {
  @Test("files and servers are told apart, and every part is read")
  func parts() throws {
    #expect(try StudyAddress("a/b.db") == StudyAddress(file: "a/b.db"))
    #expect(try StudyAddress("a/b.db?study=x%20y") == StudyAddress(file: "a/b.db", study: "x y"))
    #expect(try StudyAddress("sqlite:///b.db") == StudyAddress(file: "b.db"))
    #expect(try StudyAddress("sqlite:////tmp/b.db") == StudyAddress(file: "/tmp/b.db"))
    let full = try StudyAddress("postgres://me:p%40s@[::1]:5433/lab?study=s&sslmode=disable")
    #expect(full.study == "s")
    #expect(
      full.place
        == .server(
          .init(
            user: "me", password: "p@s", host: "::1", port: 5433, database: "lab",
            protection: "disable")))
    #expect(full.description == "postgres://me@[::1]:5433/lab?sslmode=disable&study=s")
    for text in [
      "postgres://me@[::1]:5433/lab?sslmode=disable&study=a%26b%20%c3%bc", "postgres://h/",
      "postgres:///lab?host=/run/pg&study=s", "a/b.db?study=x%20y", "a.db",
    ] { #expect(try StudyAddress(text).description == text) }
    #expect(try StudyAddress("postgresql:///lab?host=/run").place == .server(.init(host: "/run", database: "lab")))
    #expect(try StudyAddress("postgres://h").place == .server(.init(host: "h")))
  }

  @Test("what cannot be read is told with its place", arguments: [
    ("mysql://h/db", 1, "`mysql`"), ("postgres://h:99999/db", 14, "`99999` is no port"),
    ("postgres://h/db?studdy=1", 17, "`studdy`"), ("postgres://h/db?study=", 22, "missing"),
    ("postgres://h/d%2", 15, "hexadecimal"), ("a.db?study=", 12, "missing"),
  ])
  func mistakes(text: String, column: Int, words: String) {
    let told = message { _ = try StudyAddress(text) }
    #expect(told?.contains("character \(column):") == true, "\(told ?? "")")
    #expect(told?.contains(words) == true, "\(told ?? "")")
  }
}
