// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A library target: its folder is `Sources/<name>`.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a module: their folder is `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

let package = Package(
  name: "plumb",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "plumb", targets: ["plumb"]),
    .library(name: "SpecSyntax", targets: ["SpecSyntax"]),
    .library(name: "Tables", targets: ["Tables"]),
    .library(name: "NetworkGraph", targets: ["NetworkGraph"]),
    .library(name: "SpecCompiler", targets: ["SpecCompiler"]),
    .library(name: "ModelExchange", targets: ["ModelExchange"]),
    .library(name: "Training", targets: ["Training"]),
    .library(name: "Tuning", targets: ["Tuning"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    // Square roots may call the mathematics library, which nothing else here names on Linux.
    .target(
      name: "CKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(
      name: "CWorkers", linkerSettings: [.linkedLibrary("pthread", .when(platforms: [.linux]))]),
    .target(name: "CText"),
    library("SpecSyntax", ["CYAML"]),
    library("Parallel", ["CWorkers"]),
    library("Tensors", ["CKernels", "Parallel"]),
    library("Tables", ["CText", "CZlib", "Parallel"]),
    library("NetworkGraph", ["SpecSyntax", "Tensors", "Parallel"]),
    library("ModelExchange", ["NetworkGraph", "Tables", "Tensors"]),
    library("SpecCompiler", ["SpecSyntax", "Tables", "NetworkGraph", "Tensors"]),
    library(
      "Training",
      [
        "SpecSyntax", "SpecCompiler", "NetworkGraph", "Tensors", "Tables", "ModelExchange",
        "Parallel",
      ]),
    library(
      "Reporting",
      ["SpecSyntax", "SpecCompiler", "NetworkGraph", "Tensors", "Training", "Tuning"]),
    library(
      "Tuning",
      [
        "SpecSyntax", "SpecCompiler", "Training", "NetworkGraph", "Tables", "Tensors", "Parallel",
        "CSQLite",
      ]),
    library("Linting", ["SpecSyntax", "SpecCompiler", "Tables", "Parallel"]),
    .executableTarget(
      name: "plumb",
      dependencies: [
        "SpecSyntax", "SpecCompiler", "NetworkGraph", "Tables", "ModelExchange", "Training",
        "Tuning", "Linting", "Reporting", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),
    // The tool of the benchmarks that tries the rules' advice, built here for its tests alone.
    .target(
      name: "RuleEvidence", dependencies: ["SpecSyntax", "SpecCompiler", "Tables", "Training"],
      path: "Benchmarks/evidence", exclude: ["PlumbEvidence.swift", "README.md", "effects.csv"], swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: [], path: "Tests/Support", swiftSettings: settings),
    tests("SpecSyntax", ["SpecSyntax"]),
    tests("Parallel", ["Parallel"]),
    tests("Tensors", ["Tensors", "Parallel"]),
    tests("Tables", ["Tables", "Parallel"]),
    tests("NetworkGraph", ["NetworkGraph", "SpecSyntax", "Tensors", "Parallel"]),
    tests(
      "ModelExchange",
      [
        "ModelExchange", "Training", "SpecCompiler", "SpecSyntax", "NetworkGraph", "Tensors",
        "Tables",
      ]),
    tests("SpecCompiler", ["SpecCompiler", "SpecSyntax", "NetworkGraph", "Tables", "Tensors"]),
    tests(
      "Training",
      ["Training", "SpecCompiler", "SpecSyntax", "NetworkGraph", "Tensors", "Tables", "Parallel"]),
    tests(
      "Reporting",
      [
        "Reporting", "Tuning", "Training", "SpecCompiler", "SpecSyntax", "NetworkGraph", "Tensors",
      ]),
    tests(
      "Tuning", ["Tuning", "Training", "SpecCompiler", "SpecSyntax", "Tables", "Tensors"]),
    tests("Linting", ["Linting", "SpecCompiler", "SpecSyntax", "NetworkGraph", "Tables"]),
    tests("RuleEvidence", ["RuleEvidence", "SpecCompiler", "Tables", "Training"]),
    tests("Command", ["plumb", "Tuning"]),
    tests("Repository", []),
  ]
)
