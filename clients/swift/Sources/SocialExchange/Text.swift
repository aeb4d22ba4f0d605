import Foundation

#if canImport(CryptoKit)
import CryptoKit

func sha256(_ text: String) -> Data { Data(SHA256.hash(data: Data(text.utf8))) }
#else
func sha256(_ text: String) -> Data { Digest.sha256(Data(text.utf8)) }
#endif

/// 256 bits of the system's secure generator, in characters that a URL, a form and PKCE take as they are.
func unguessable() -> String {
    var generator = SystemRandomNumberGenerator()
    return base64url(Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }))
}

func base64url(_ data: Data) -> String {
    data.base64EncodedString()
        .replacingOccurrences(of: "+", with: "-")
        .replacingOccurrences(of: "/", with: "_")
        .replacingOccurrences(of: "=", with: "")
}

/// `URLComponents` leaves a plus as it is, which a server reads as a space.
func form(_ fields: [String: String]) -> String {
    var components = URLComponents()
    components.queryItems = fields.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
    return components.percentEncodedQuery!.replacingOccurrences(of: "+", with: "%2B")
}
