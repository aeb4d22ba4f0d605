import Foundation

/// An app's way to the realm, as a public client: one call for each request, and nothing kept. `Session` keeps what has to be.
///
/// All calls throw `RealmError.noVerdict` where no answer came that could be relied on.
public struct RealmClient: Sendable {
    private let realm: URL
    private let clientId: String
    private let redirectUri: String
    private let scope: String
    private let issuer: String
    private let http: Http

    /// - Parameters:
    ///   - realm: `https://keycloak.example/realms/social`; plain HTTP only to the machine itself
    ///   - redirectUri: where a browser comes back to; one of the client's valid redirect URIs
    ///   - scope: `openid offline_access` for somebody who stays signed in for weeks
    ///   - dpop: binds tokens to a key
    ///   - issuer: the realm's own name, where that is not how the app reaches it
    public init(
        realm: URL,
        clientId: String,
        redirectUri: String,
        scope: String = "openid",
        transport: Transport = SessionTransport(),
        retry: Retry = Retry(),
        dpop: DpopKey? = nil,
        issuer: String? = nil
    ) {
        precondition(
            realm.scheme == "https" || ["localhost", "127.0.0.1", "::1"].contains(realm.host ?? ""), "HTTPS is required")
        self.realm = realm
        self.clientId = clientId
        self.redirectUri = redirectUri
        self.scope = scope
        self.issuer = Self.bare(issuer ?? realm.absoluteString)
        http = Http(transport: transport, retry: retry, dpop: dpop)
    }

    /// The buttons to draw, in the order of the realm's login page.
    public func providers() async throws -> [Provider] {
        var url = URLComponents(url: door("providers"), resolvingAgainstBaseURL: false)!
        url.percentEncodedQuery = form(["client_id": clientId])
        return try accepted(await http.get(url.url!)).read(Providers.self).providers
    }

    /// For a provider's SDK and the exchange after it.
    public func nonce() async throws -> Nonce {
        try accepted(await http.post(door("nonce"), ["client_id": clientId])).read(Nonce.self)
    }

    /// - Parameter alias: of the provider in the realm, `subject_issuer`
    public func exchange(_ alias: String, _ subject: Subject) async throws -> Answer {
        let login = Login()
        let further = [
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_issuer": alias,
            "scope": scope,
            "interaction_redirect_uri": redirectUri,
            "interaction_state": login.state,
            "interaction_code_challenge": login.challenge,
        ]
        let reply = try await token(subject.fields.merging(further) { $1 }, again: Self.again(subject))
        guard reply.refusal.error == "interaction_required" else { return try answer(reply) }
        return .personNeeded(reply.refusal, link: reply.interactionUri ?? loginPage(alias, login), login: login)
    }

    /// - Parameter callback: the address that the browser came back with
    public func redeem(_ login: Login, callback: URL) async throws -> Answer {
        let items = URLComponents(url: callback, resolvingAgainstBaseURL: false)?.queryItems ?? []
        func parameter(_ name: String) -> String? { items.first { $0.name == name }?.value }
        guard parameter("state") == login.state else { return .refused(Self.mismatch("state")) }
        guard (parameter("iss") ?? issuer) == issuer else { return .refused(Self.mismatch("iss")) }
        guard let code = parameter("code") else {
            let description = parameter("error_description")
            return .refused(Refusal(parameter("error") ?? "code_missing", description: description))
        }
        let request = [
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirectUri,
            "code_verifier": login.verifier,
        ]
        return try answer(await token(request))
    }

    public func refresh(_ refreshToken: String) async throws -> Answer {
        try answer(await token(["grant_type": "refresh_token", "refresh_token": refreshToken]))
    }

    /// Links an account to the person whose access token this is, and who has signed in just now.
    public func link(_ alias: String, _ subject: Subject, accessToken: String) async throws -> LinkAnswer {
        let url = door("links").appendingPathComponent(alias)
        let reply = try await http.post(url, subject.fields, accessToken: accessToken, again: Self.again(subject))
        if reply.succeeded {
            return .linked(created: try reply.read(Link.self).link_created)
        }
        return reply.wait.map { .tryLater(reply.refusal, wait: $0) } ?? .refused(reply.refusal)
    }

    /// Ends the session in the realm.
    public func signOut(_ refreshToken: String) async throws {
        _ = try accepted(await http.post(endpoint("logout"), ["client_id": clientId, "refresh_token": refreshToken]))
    }

    /// The realm's own login, straight to this provider: what is left where there is no link.
    private func loginPage(_ alias: String, _ login: Login) -> URL {
        var page = URLComponents(url: endpoint("auth"), resolvingAgainstBaseURL: false)!
        page.percentEncodedQuery = form([
            "client_id": clientId,
            "redirect_uri": redirectUri,
            "response_type": "code",
            "scope": scope,
            "state": login.state,
            "code_challenge": login.challenge,
            "code_challenge_method": "S256",
            "kc_idp_hint": alias,
        ])
        return page.url!
    }

    private func token(_ fields: [String: String], again: (Refusal) -> Bool = { _ in true }) async throws -> Reply {
        let request = fields.merging(["client_id": clientId]) { $1 }
        return try await http.post(endpoint("token"), request, bound: true, again: again)
    }

    private func answer(_ reply: Reply) throws -> Answer {
        if reply.succeeded {
            return .tokens(try reply.read(TokenResponse.self).tokens)
        }
        return reply.wait.map { .tryLater(reply.refusal, wait: $0) } ?? .refused(reply.refusal)
    }

    private func accepted(_ reply: Reply) throws -> Reply {
        guard reply.succeeded else { throw RealmError.refused(reply.refusal) }
        return reply
    }

    private func endpoint(_ name: String) -> URL {
        realm.appendingPathComponent("protocol/openid-connect").appendingPathComponent(name)
    }

    private func door(_ name: String) -> URL {
        realm.appendingPathComponent("social-exchange").appendingPathComponent(name)
    }

    /// A code may be used up by then, alone or beside an id_token, unless nobody has looked at it.
    private static func again(_ subject: Subject) -> (Refusal) -> Bool {
        { refusal in !subject.hasCode || refusal.reason == .throttled }
    }

    private static func mismatch(_ parameter: String) -> Refusal {
        Refusal("state_mismatch", description: "The answer belongs to another login: \(parameter) is not ours")
    }

    private static func bare(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}

private struct TokenResponse: Decodable {
    let access_token: String
    let refresh_token: String?
    let id_token: String?
    let expires_in: TimeInterval

    var tokens: Tokens {
        let expiry = Date(timeIntervalSinceNow: expires_in)
        return Tokens(access: access_token, refresh: refresh_token, id: id_token, expiry: expiry)
    }
}

private struct Link: Decodable {
    let link_created: Bool
}
