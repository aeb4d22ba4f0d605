// The app of the tests: a command with its arguments per line, as a JSON array of strings; an answer per line, as JSON.
import Foundation
import SocialExchange

/// What becomes of a sign-in: its end, or that it waits for a browser.
enum Event: Sendable {
    case answered(Answer)
    case opened(URL, Refusal)
    case failed(String)
}

/// The browser is the tests', and comes back by a command of theirs.
actor Elsewhere: Browser {
    private let events: AsyncStream<Event>.Continuation
    private var waiting: CheckedContinuation<URL, Error>?

    init(_ events: AsyncStream<Event>.Continuation) {
        self.events = events
    }

    func open(_ link: URL, for refusal: Refusal) async throws -> URL {
        try await withCheckedThrowingContinuation { continuation in
            waiting?.resume(throwing: CancellationError())
            waiting = continuation
            events.yield(.opened(link, refusal))
        }
    }

    func comesBack(_ callback: URL) {
        waiting?.resume(returning: callback)
        waiting = nil
    }
}

let given = CommandLine.arguments
let (events, feed) = AsyncStream<Event>.makeStream()
let browser = Elsewhere(feed)
let client = RealmClient(
    realm: URL(string: given[1])!, clientId: given[2], redirectUri: given[3], retry: Retry(times: 0))
let session = Session(realm: client, storage: MemoryStorage(), browser: browser)

func next() async -> Event {
    for await event in events {
        return event
    }
    fatalError("no further event")
}

func told(_ event: Event) -> [String: Any] {
    switch event {
    case .answered(.tokens(let tokens)):
        return ["tokens": tokens.access]
    case .answered(.refused(let refusal)):
        return ["refused": refusal.error, "reason": refusal.word ?? "", "description": refusal.description ?? ""]
    case .answered(.tryLater(_, let seconds)):
        return ["later": seconds]
    case .opened(let link, let refusal), .answered(.personNeeded(let refusal, let link, _)):
        return ["reason": refusal.word ?? "", "link": link.absoluteString]
    case .failed(let error):
        return ["failed": error]
    }
}

func fields(_ command: [String]) -> [String: String] {
    let pairs = stride(from: 1, to: command.count, by: 2).map { (command[$0], command[$0 + 1]) }
    return Dictionary(uniqueKeysWithValues: pairs)
}

func subject(_ fields: [String: String]) -> Subject {
    let token = fields["subject_token"]!
    return fields["subject_token_type"]!.hasSuffix(":id_token")
        ? .idToken(token, nonce: fields["nonce"]) : .accessToken(token)
}

func signIn(_ fields: [String: String], _ session: Session, _ feed: AsyncStream<Event>.Continuation) {
    Task {
        do {
            feed.yield(.answered(try await session.signIn(fields["subject_issuer"]!, subject(fields))))
        } catch {
            feed.yield(.failed("\(error)"))
        }
    }
}

while let line = readLine() {
    let command = try JSONDecoder().decode([String].self, from: Data(line.utf8))
    let outcome: [String: Any]
    switch command[0] {
    case "exchange":
        signIn(fields(command), session, feed)
        outcome = told(await next())
    case "redeem":
        await browser.comesBack(URL(string: command[1])!)
        outcome = told(await next())
    case "accessTokens":
        async let one = session.accessToken()
        async let other = session.accessToken()
        outcome = try await ["one": one ?? NSNull() as Any, "other": other ?? NSNull() as Any]
    case "link":
        let fields = fields(command)
        switch try await session.link(fields["subject_issuer"]!, subject(fields)) {
        case .linked(let created): outcome = ["created": created]
        case .refused(let refusal): outcome = told(.answered(.refused(refusal)))
        case .tryLater(let refusal, let wait): outcome = told(.answered(.tryLater(refusal, wait: wait)))
        }
    case "providers":
        outcome = ["aliases": try await client.providers().map(\.alias)]
    case "nonce":
        let nonce = try await client.nonce()
        outcome = ["nonce": nonce.nonce, "providerNonce": nonce.providerNonce]
    case "signOut":
        try await session.signOut()
        outcome = [:]
    default:
        fatalError(command[0])
    }
    print(String(decoding: try JSONSerialization.data(withJSONObject: outcome), as: UTF8.self))
    fflush(nil)
}
