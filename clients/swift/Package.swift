// swift-tools-version:5.9
import PackageDescription

let package = Package(
    name: "SocialExchange",
    platforms: [.iOS(.v15), .macOS(.v12), .tvOS(.v15), .watchOS(.v8), .visionOS(.v1)],
    products: [.library(name: "SocialExchange", targets: ["SocialExchange"])],
    targets: [
        .target(name: "SocialExchange"),
        .testTarget(name: "SocialExchangeTests", dependencies: ["SocialExchange"]),
    ]
)
