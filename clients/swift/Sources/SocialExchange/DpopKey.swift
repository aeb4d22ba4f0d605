import Foundation

/// Binds tokens to a key of this device (RFC 9449): who takes a token has nothing without the key. The refresh token is bound
/// as well, so a key has to live as long as that.
public protocol DpopKey: Sendable {
    /// Of the curve P-256: x and y, 64 bytes.
    var publicKey: Data { get }

    /// ECDSA with SHA-256: r and s, 64 bytes.
    func sign(_ message: Data) throws -> Data
}

extension DpopKey {
    /// The header `DPoP` of one request, which a server takes once.
    ///
    /// - Parameters:
    ///   - url: without query and fragment
    ///   - accessToken: that the request is made with, in `Authorization: DPoP …`; nil for a token request
    public func proof(method: String, url: String, accessToken: String? = nil) throws -> String {
        let header = ProofHeader(jwk: Jwk(x: base64url(publicKey.prefix(32)), y: base64url(publicKey.suffix(32))))
        let claims = ProofClaims(
            jti: unguessable(),
            htm: method,
            htu: url,
            iat: Int(Date().timeIntervalSince1970),
            ath: accessToken.map { base64url(sha256($0)) }
        )
        let signed = try base64url(JSONEncoder().encode(header)) + "." + base64url(JSONEncoder().encode(claims))
        return try signed + "." + base64url(sign(Data(signed.utf8)))
    }
}

private struct Jwk: Encodable {
    let kty = "EC"
    let crv = "P-256"
    let x: String
    let y: String
}

private struct ProofHeader: Encodable {
    let typ = "dpop+jwt"
    let alg = "ES256"
    let jwk: Jwk
}

private struct ProofClaims: Encodable {
    let jti: String
    let htm: String
    let htu: String
    let iat: Int
    let ath: String?
}

#if canImport(CryptoKit)
import CryptoKit

/// A key that the device's Secure Enclave never gives away. Keep `dataRepresentation` of it, which only this device can use.
@available(watchOS 8, *)
public struct EnclaveKey: DpopKey {
    private let key: SecureEnclave.P256.Signing.PrivateKey

    public init(_ key: SecureEnclave.P256.Signing.PrivateKey) {
        self.key = key
    }

    public var publicKey: Data { key.publicKey.rawRepresentation }

    public func sign(_ message: Data) throws -> Data {
        try key.signature(for: message).rawRepresentation
    }
}
#endif
