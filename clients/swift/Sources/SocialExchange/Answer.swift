import Foundation

/// What the realm says to a request for tokens. None of it prints a token.
public enum Answer: Sendable {
    case tokens(Tokens)
    /// Keep the login, and open the link in an `ASWebAuthenticationSession`. It opens once, and for minutes.
    case personNeeded(Refusal, link: URL, login: Login)
    case refused(Refusal)
    /// Not now, after as many tries as `Retry` allows. A code of the provider's may be used up; all else can be sent again,
    /// an id_token that a code came with as well, but without it.
    case tryLater(Refusal, wait: TimeInterval)
}

/// What the realm says to somebody who wants one more account linked to theirs.
public enum LinkAnswer: Sendable, Equatable {
    /// `created` is false if it was linked before.
    case linked(created: Bool)
    case refused(Refusal)
    case tryLater(Refusal, wait: TimeInterval)
}

public struct Tokens: Sendable, CustomStringConvertible, CustomReflectable {
    public let access: String
    public let refresh: String?
    public let id: String?
    /// Of the access token, by this device's clock.
    public let expiry: Date

    public var description: String { "Tokens(expiry: \(expiry))" }
    public var customMirror: Mirror { Mirror(self, children: ["expiry": expiry]) }
}

public struct Refusal: Sendable, Equatable {
    /// The OAuth code, or `state_mismatch` for an answer that belongs to another login.
    public let error: String
    /// `error_reason` as it came; nil where the realm says no before it has looked at the token.
    public let word: String?
    /// For the log, and not to be relied on.
    public let description: String?

    /// Nil as well for a word that is newer than this library: go by `error` then.
    public var reason: Reason? { word.flatMap(Reason.init) }

    init(_ error: String, word: String? = nil, description: String? = nil) {
        self.error = error
        self.word = word
        self.description = description
    }
}

public enum RealmError: Error, Equatable {
    /// Nobody can tell whether it was done. Of an exchange: ask the provider for a fresh token, once, and send that.
    case noVerdict(String)
    /// Said of what is asked without a person: a wrong client, a realm that is closed.
    case refused(Refusal)
}

/// What a browser's answer has to fit.
public struct Login: Sendable, CustomStringConvertible, CustomReflectable {
    public let state: String
    public let verifier: String

    init(state: String = unguessable(), verifier: String = unguessable()) {
        self.state = state
        self.verifier = verifier
    }

    var challenge: String { base64url(sha256(verifier)) }

    public var description: String { "Login" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
