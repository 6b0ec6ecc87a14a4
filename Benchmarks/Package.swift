// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that who uses or builds plumb never resolves or compiles it.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "plumb", path: "..")],
  targets: [
    .executableTarget(
      name: "read-table", dependencies: [.product(name: "Tables", package: "plumb")],
      path: "csv/read-table",
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "regret",
      dependencies: [
        .product(name: "Tuning", package: "plumb"), .product(name: "SpecSyntax", package: "plumb"),
      ],
      path: "tuning/regret",
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "coverage",
      dependencies: [
        .product(name: "Tuning", package: "plumb"), .product(name: "SpecSyntax", package: "plumb"),
      ],
      path: "tuning/coverage",
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "claims", dependencies: [.product(name: "Tuning", package: "plumb")],
      path: "tuning/claims",
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "lanes",
      dependencies: [
        .product(name: "NetworkGraph", package: "plumb"),
        .product(name: "SpecSyntax", package: "plumb"),
      ],
      path: "lanes",
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "plumb-evidence",
      dependencies: ["SpecSyntax", "SpecCompiler", "Tables", "Training"].map {
        .product(name: $0, package: "plumb")
      },
      path: "evidence", exclude: ["README.md", "effects.csv"],
      swiftSettings: [
        .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ]),
    .executableTarget(
      name: "benchmark",
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")])
  ]
)
