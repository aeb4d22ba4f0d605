/// What the provider's SDK gave to the app, with what has to go with it.
///
/// `further` has the parameters of a single provider, such as VK's `device_id`.
public struct Subject: Sendable, CustomStringConvertible, CustomReflectable {
    let fields: [String: String]
    /// It is good for one request, unless that was not looked at.
    let hasCode: Bool

    /// - Parameters:
    ///   - nonce: the raw one, if the token has one or its SHA-256
    ///   - accessToken: that came with it, for the profile
    ///   - user: Apple's name of a first login, as JSON
    public static func idToken(
        _ token: String,
        nonce: String? = nil,
        accessToken: String? = nil,
        user: String? = nil,
        further: [String: String] = [:]
    ) -> Subject {
        Subject(token, standard + "id_token", ["nonce": nonce, "access_token": accessToken, "user": user], further)
    }

    /// With the code that came with it, which the realm redeems in the same exchange, and which brings an access token of
    /// its own.
    ///
    /// - Parameters:
    ///   - code: Apple's `authorizationCode`, Google's `serverAuthCode`; nil where there is none this time
    ///   - redirectUri: that the code was issued for: empty for Google's `serverAuthCode`, nil for Apple's `authorizationCode`.
    ///     It goes with a code only, as the verifier does
    public static func idToken(
        _ token: String,
        nonce: String? = nil,
        code: String?,
        redirectUri: String? = nil,
        codeVerifier: String? = nil,
        user: String? = nil,
        further: [String: String] = [:]
    ) -> Subject {
        let ofCode: [String: String?] = code == nil ? [:] : ["code": code, "redirect_uri": redirectUri, "code_verifier": codeVerifier]
        let own = ["nonce": nonce, "user": user].merging(ofCode) { $1 }
        return Subject(token, standard + "id_token", own, further)
    }

    public static func accessToken(_ token: String, further: [String: String] = [:]) -> Subject {
        Subject(token, standard + "access_token", [:], further)
    }

    /// - Parameter redirectUri: that the provider sent the code to, nil for Apple's `authorizationCode`; the verifier belongs
    ///   to the provider's login as well
    public static func code(
        _ code: String,
        redirectUri: String?,
        codeVerifier: String? = nil,
        nonce: String? = nil,
        user: String? = nil,
        further: [String: String] = [:]
    ) -> Subject {
        let own = ["redirect_uri": redirectUri, "code_verifier": codeVerifier, "nonce": nonce, "user": user]
        return Subject(code, ours + "authorization_code", own, further)
    }

    /// Of a widget that signs what it says, such as Telegram's.
    public static func signedData(_ data: String, further: [String: String] = [:]) -> Subject {
        Subject(data, ours + "signed_data", [:], further)
    }

    private init(_ token: String, _ type: String, _ own: [String: String?], _ further: [String: String]) {
        let given = own.compactMapValues { $0 }.merging(["subject_token": token, "subject_token_type": type]) { $1 }
        fields = further.merging(given) { $1 }
        hasCode = type.hasSuffix(":authorization_code") || fields["code"] != nil
    }

    public var description: String { "Subject(\(fields["subject_token_type"]!))" }
    public var customMirror: Mirror { Mirror(self, children: []) }

    private static let standard = "urn:ietf:params:oauth:token-type:"
    private static let ours = "urn:keycloak:social-exchange:token-type:"
}
