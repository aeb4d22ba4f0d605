import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Somebody who is signed in. The refresh token belongs into the keychain, if it has to outlive the app.
actor Session {
    private let realm: RealmClient
    private var tokens: Tokens
    private var refreshing: Task<String?, Error>?

    init(realm: RealmClient, tokens: Tokens) {
        self.realm = realm
        self.tokens = tokens
    }

    /// For the next call of your back end; nil when the person has to sign in again. One refresh at a time: a realm may
    /// take a refresh token that is used twice for a stolen one.
    func accessToken() async throws -> String? {
        if tokens.expiry.timeIntervalSinceNow > 30 {
            return tokens.access
        }
        let refresh = refreshing ?? Task { try await renew() }
        refreshing = refresh
        return try await refresh.value
    }

    private func renew() async throws -> String? {
        defer { refreshing = nil }
        guard let refreshToken = tokens.refresh else { return nil }
        switch try await realm.refresh(refreshToken) {
        case .tokens(let renewed):
            tokens = renewed
            return renewed.access
        case .tryLater:
            throw URLError(.cannotConnectToHost) // still signed in
        default:
            return nil
        }
    }
}
