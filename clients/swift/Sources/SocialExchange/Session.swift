import Foundation

/// Shows a link to the person and answers where the browser came back to: an `ASWebAuthenticationSession`, never a
/// `WKWebView`, where nobody can see whom they give their password to.
public protocol Browser: Sendable {
    /// - Parameter refusal: why the person is needed
    /// - Throws: `CancellationError` if the person has closed it
    func open(_ link: URL, for refusal: Refusal) async throws -> URL
}

/// Keeps a few short texts where no other app can read them, and a backup does not take them.
public protocol SecureStorage: Sendable {
    func read(_ name: String) async throws -> String?

    /// - Parameter value: nil takes it away
    func write(_ name: String, _ value: String?) async throws
}

/// For tests, and for apps whose people sign in again with each start.
public actor MemoryStorage: SecureStorage {
    private var values: [String: String] = [:]

    public init() {}

    public func read(_ name: String) -> String? { values[name] }

    public func write(_ name: String, _ value: String?) { values[name] = value }
}

/// A person's way in, and their tokens. The refresh token is in the storage, so that the next start of the app goes on from there.
public actor Session {
    private static let refreshToken = "refresh_token"

    private let realm: RealmClient
    private let storage: SecureStorage
    private let browser: Browser
    private var tokens: Tokens?
    private var refreshing: Task<String?, Error>?
    /// Whose tokens these are: what was asked for before somebody else signed in, or out, is nobody's.
    private var era = 0

    public init(realm: RealmClient, storage: SecureStorage, browser: Browser) {
        self.realm = realm
        self.storage = storage
        self.browser = browser
    }

    /// Goes on in the browser where the person is needed.
    ///
    /// - Throws: `CancellationError` if the person closes the browser
    public func signIn(_ alias: String, _ subject: Subject) async throws -> Answer {
        let answer = try await realm.exchange(alias, subject)
        guard case .personNeeded(let refusal, let link, let login) = answer else { return try await kept(answer) }
        return try await kept(realm.redeem(login, callback: browser.open(link, for: refusal)))
    }

    /// For the next call of your back end; nil when the person has to sign in again. One refresh at a time: a realm may
    /// take a refresh token that is used twice for a stolen one.
    ///
    /// - Throws: if the realm does not answer; the person is still signed in
    public func accessToken() async throws -> String? {
        if let tokens, tokens.expiry.timeIntervalSinceNow > 30 {
            return tokens.access
        }
        let refresh = refreshing ?? Task { try await renew() }
        refreshing = refresh
        return try await refresh.value
    }

    /// Links an account of another provider to the person who is signed in.
    public func link(_ alias: String, _ subject: Subject) async throws -> LinkAnswer {
        guard let token = try await accessToken() else {
            return .refused(Refusal("invalid_token", description: "Nobody is signed in"))
        }
        return try await realm.link(alias, subject, accessToken: token)
    }

    /// Forgets the tokens here in any case.
    ///
    /// - Throws: if the realm could not be told, where the session then lives until it runs out
    public func signOut() async throws {
        let refreshToken = try await storage.read(Self.refreshToken)
        try await forget()
        if let refreshToken {
            try await realm.signOut(refreshToken)
        }
    }

    private func renew() async throws -> String? {
        defer { refreshing = nil }
        let since = era
        guard let refreshToken = try await storage.read(Self.refreshToken) else { return nil }
        let answer = try await realm.refresh(refreshToken)
        guard era == since else { return tokens?.access }
        switch answer {
        case .tokens(let renewed):
            try await keep(renewed, before: refreshToken)
            return renewed.access
        case .refused(let refusal) where refusal.error == "invalid_grant":
            try await forget() // only this error speaks of the session
            return nil
        case .refused(let refusal), .personNeeded(let refusal, _, _):
            throw RealmError.refused(refusal)
        case .tryLater:
            throw RealmError.noVerdict("The realm cannot be asked now; still signed in")
        }
    }

    private func kept(_ answer: Answer) async throws -> Answer {
        if case .tokens(let new) = answer {
            try await keep(new)
        }
        return answer
    }

    /// - Parameter before: the refresh token that a refresh leaves as it is where its answer has none (RFC 6749 §6)
    private func keep(_ new: Tokens, before: String? = nil) async throws {
        era += 1
        tokens = new
        try await storage.write(Self.refreshToken, new.refresh ?? before)
    }

    private func forget() async throws {
        era += 1
        tokens = nil
        try await storage.write(Self.refreshToken, nil)
    }
}
