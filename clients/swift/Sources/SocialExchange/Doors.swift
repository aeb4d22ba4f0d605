/// A provider that is open for this client, to draw a button of.
public struct Provider: Sendable, Equatable, Decodable {
    /// What an exchange names it by.
    public let alias: String
    public let type: String
    public let displayName: String
    /// The app's at the provider, for its SDK.
    public let clientId: String
    /// The values of `subject_token_type` that it takes.
    public let tokenTypes: [String]
    /// `optional`, `if-sent`, `required` or `issued`.
    public let nonce: String
    /// It signs nobody in; offer it where accounts are linked.
    public let linkOnly: Bool

    private enum CodingKeys: String, CodingKey {
        case alias, type, nonce
        case displayName = "display_name"
        case clientId = "client_id"
        case tokenTypes = "subject_token_types"
        case linkOnly = "link_only"
    }
}

struct Providers: Decodable {
    let providers: [Provider]
}

/// Good for one exchange of this client, for `seconds`.
public struct Nonce: Sendable, Decodable {
    /// For the exchange, and for SDKs that hash the nonce themselves.
    public let nonce: String
    /// Its SHA-256, for the provider's SDK, which puts it into the token.
    public let providerNonce: String
    public let seconds: Int

    private enum CodingKeys: String, CodingKey {
        case nonce
        case providerNonce = "provider_nonce"
        case seconds = "expires_in"
    }
}
