import Foundation

extension Repository {
  /// A folder for one test with the iris table and a spec, `a.yaml`.
  public static func folder(with spec: String) throws -> String {
    let folder = try temporaryFolder()
    try FileManager.default.copyItem(
      atPath: path("specs/examples/iris.csv"), toPath: "\(folder)/iris.csv")
    try spec.write(toFile: "\(folder)/a.yaml", atomically: true, encoding: .utf8)
    return folder
  }
}
