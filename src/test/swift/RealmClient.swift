import CryptoKit
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking // where URLSession is outside Apple's systems
#endif

/// What the realm says to a token request.
enum Answer: Sendable {
    case tokens(Tokens)
    /// Keep the login, and open the link in an `ASWebAuthenticationSession`.
    case personNeeded(reason: String, link: URL, login: Login)
    /// `reason` is the stable one, of an exchange; `description` is for the log.
    case refused(error: String, reason: String, description: String)
    case tryLater(seconds: TimeInterval)
}

struct Tokens: Sendable {
    let access: String
    let refresh: String?
    let expiry: Date
}

/// What a browser's answer has to fit.
struct Login: Sendable {
    let state = unguessable()
    let verifier = unguessable()

    var challenge: String {
        base64url(Data(SHA256.hash(data: Data(verifier.utf8))))
    }
}

/// An app's way to the realm, as a public client.
struct RealmClient: Sendable {
    let realm: URL
    let clientId: String
    let redirectUri: String

    /// - Parameter subject: `subject_issuer`, `subject_token`, `subject_token_type`, and what else the token needs
    func exchange(_ subject: [String: String]) async throws -> Answer {
        let login = Login()
        let further = [
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "scope": "openid",
            "interaction_redirect_uri": redirectUri,
            "interaction_state": login.state,
            "interaction_code_challenge": login.challenge,
        ]
        return try await post(subject.merging(further) { _, ours in ours }) { refusal in
            guard refusal.error == "interaction_required" else { return refusal.answer }
            return .personNeeded(
                reason: refusal.error_reason ?? "",
                link: refusal.interaction_uri ?? loginPage(alias: subject["subject_issuer"], login),
                login: login
            )
        }
    }

    /// - Parameter callback: the address that the session came back with
    func redeem(_ login: Login, callback: URL) async throws -> Answer {
        let items = URLComponents(url: callback, resolvingAgainstBaseURL: false)?.queryItems ?? []
        func parameter(_ name: String) -> String? { items.first { $0.name == name }?.value }
        guard parameter("state") == login.state else {
            return .refused(error: "state_mismatch", reason: "", description: "The answer belongs to another login")
        }
        guard let code = parameter("code") else {
            let description = parameter("error_description") ?? ""
            return .refused(error: parameter("error") ?? "", reason: "", description: description)
        }
        return try await post([
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirectUri,
            "code_verifier": login.verifier,
        ])
    }

    func refresh(_ refreshToken: String) async throws -> Answer {
        try await post(["grant_type": "refresh_token", "refresh_token": refreshToken])
    }

    /// The realm's own login, straight to this provider: what is left where there is no link.
    private func loginPage(alias: String?, _ login: Login) -> URL {
        var page = URLComponents(url: endpoint("auth"), resolvingAgainstBaseURL: false)!
        page.percentEncodedQuery = form([
            "client_id": clientId,
            "redirect_uri": redirectUri,
            "response_type": "code",
            "scope": "openid",
            "state": login.state,
            "code_challenge": login.challenge,
            "code_challenge_method": "S256",
            "kc_idp_hint": alias ?? "",
        ])
        return page.url!
    }

    private func post(
        _ fields: [String: String],
        refused: (Refusal) -> Answer = { $0.answer }
    ) async throws -> Answer {
        var request = URLRequest(url: endpoint("token"))
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(form(fields.merging(["client_id": clientId]) { $1 }).utf8)
        let (body, response) = try await URLSession.shared.data(for: request)
        let answer = response as! HTTPURLResponse
        switch answer.statusCode {
        case 200:
            return .tokens(try JSONDecoder().decode(TokenResponse.self, from: body).tokens)
        case 429, 500...:
            return .tryLater(seconds: answer.value(forHTTPHeaderField: "Retry-After").flatMap(Double.init) ?? 10)
        default:
            return refused(try JSONDecoder().decode(Refusal.self, from: body))
        }
    }

    private func endpoint(_ name: String) -> URL {
        realm.appendingPathComponent("protocol/openid-connect").appendingPathComponent(name)
    }

    /// `URLComponents` leaves a plus as it is, which a server reads as a space.
    private func form(_ fields: [String: String]) -> String {
        var components = URLComponents()
        components.queryItems = fields.map { URLQueryItem(name: $0.key, value: $0.value) }
        return components.percentEncodedQuery!.replacingOccurrences(of: "+", with: "%2B")
    }
}

private struct TokenResponse: Decodable {
    let access_token: String
    let refresh_token: String?
    let expires_in: TimeInterval

    var tokens: Tokens {
        Tokens(access: access_token, refresh: refresh_token, expiry: Date(timeIntervalSinceNow: expires_in))
    }
}

private struct Refusal: Decodable {
    let error: String
    let error_reason: String?
    let error_description: String?
    let interaction_uri: URL?

    var answer: Answer {
        .refused(error: error, reason: error_reason ?? "", description: error_description ?? "")
    }
}

private func unguessable() -> String {
    var generator = SystemRandomNumberGenerator() // the system's secure one
    return base64url(Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }))
}

private func base64url(_ data: Data) -> String {
    data.base64EncodedString()
        .replacingOccurrences(of: "+", with: "-")
        .replacingOccurrences(of: "/", with: "_")
        .replacingOccurrences(of: "=", with: "")
}
