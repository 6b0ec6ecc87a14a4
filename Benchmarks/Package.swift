// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that who uses or builds plumb never resolves or compiles it.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  targets: [
    .executableTarget(
      name: "benchmark",
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")])
  ]
)
