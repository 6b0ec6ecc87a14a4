// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// A package of its own, so that who uses or builds plumb never resolves or compiles a network
// library.
let package = Package(
  name: "server",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "plumb-serve", targets: ["plumb-serve"]),
    .library(name: "Serving", targets: ["Serving"]),
  ],
  dependencies: [
    .package(name: "plumb", path: ".."),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
  ],
  targets: [
    .target(
      name: "Serving",
      dependencies: [
        .product(name: "Tables", package: "plumb"), .product(name: "Training", package: "plumb"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ], swiftSettings: settings),
    .executableTarget(name: "plumb-serve", dependencies: ["Serving"], swiftSettings: settings),
    .testTarget(
      name: "ServingTests",
      dependencies: [
        "Serving", "plumb-serve", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "SpecCompiler", package: "plumb"),
        .product(name: "SpecSyntax", package: "plumb"), .product(name: "Tables", package: "plumb"),
        .product(name: "Training", package: "plumb"),
      ], swiftSettings: settings),
  ]
)
