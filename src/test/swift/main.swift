// The app of the tests: a command with its arguments per line, as a JSON array of strings; an answer per line, as JSON.
import Foundation

let given = CommandLine.arguments
let client = RealmClient(realm: URL(string: given[1])!, clientId: given[2], redirectUri: given[3])
var session: Session?
var pending: Login?

@MainActor func told(_ answer: Answer) -> [String: Any] {
    switch answer {
    case .tokens(let tokens):
        session = Session(realm: client, tokens: tokens)
        return ["tokens": tokens.access]
    case .personNeeded(let reason, let link, let login):
        pending = login
        return ["reason": reason, "link": link.absoluteString]
    case .refused(let error, let reason, let description):
        return ["refused": error, "reason": reason, "description": description]
    case .tryLater(let seconds):
        return ["later": seconds]
    }
}

while let line = readLine() {
    let command = try JSONDecoder().decode([String].self, from: Data(line.utf8))
    let outcome: [String: Any]
    switch command[0] {
    case "exchange":
        let pairs = stride(from: 1, to: command.count, by: 2).map { (command[$0], command[$0 + 1]) }
        outcome = told(try await client.exchange(Dictionary(uniqueKeysWithValues: pairs)))
    case "redeem":
        outcome = told(try await client.redeem(pending!, callback: URL(string: command[1])!))
    case "accessTokens":
        let current = session!
        async let one = current.accessToken()
        async let other = current.accessToken()
        outcome = try await ["one": one ?? NSNull() as Any, "other": other ?? NSNull() as Any]
    default:
        fatalError(command[0])
    }
    print(String(decoding: try JSONSerialization.data(withJSONObject: outcome), as: UTF8.self))
    fflush(nil)
}
