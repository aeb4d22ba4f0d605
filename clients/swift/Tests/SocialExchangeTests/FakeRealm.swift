import Foundation

@testable import SocialExchange

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Answers in the order in which it was told to, and remembers what it was asked.
actor FakeRealm: Transport {
    struct Asked {
        let line: String
        let form: [String: String]
        let headers: [String: String]
    }

    static let url = URL(string: "https://keycloak.example/realms/social")!

    private(set) var asked: [Asked] = []
    private var answers: [(status: Int, body: String, headers: [String: String])] = []

    func says(_ status: Int, _ body: String, _ headers: [String: String] = [:]) {
        answers.append((status, body, headers))
    }

    func signsIn(_ access: String = "access", refresh: String? = "refresh", seconds: Int = 300) {
        let refresh = refresh.map { "\"\($0)\"" } ?? "null"
        says(200, #"{"access_token":"\#(access)","refresh_token":\#(refresh),"expires_in":\#(seconds)}"#)
    }

    func refuses(_ status: Int, _ error: String, _ reason: String? = nil, _ headers: [String: String] = [:]) {
        let reason = reason.map { "\"\($0)\"" } ?? "null"
        says(status, #"{"error":"\#(error)","error_reason":\#(reason)}"#, headers)
    }

    func hangsUp() { says(0, "") }

    func send(_ request: URLRequest) throws -> (Data, HTTPURLResponse) {
        let body = String(decoding: request.httpBody ?? Data(), as: UTF8.self)
        let line = "\(request.httpMethod!) \(request.url!.absoluteString)"
        let headers = (request.allHTTPHeaderFields ?? [:]).map { ($0.key.lowercased(), $0.value) }
        asked.append(Asked(line: line, form: fields(body), headers: Dictionary(uniqueKeysWithValues: headers)))
        let answer = answers.removeFirst()
        guard answer.status > 0 else { throw URLError(.networkConnectionLost) }
        let response = HTTPURLResponse(
            url: request.url!, statusCode: answer.status, httpVersion: nil, headerFields: answer.headers)!
        return (Data(answer.body.utf8), response)
    }

    nonisolated func client(retry: Retry = Retry(), dpop: DpopKey? = nil) -> RealmClient {
        RealmClient(
            realm: Self.url, clientId: "app", redirectUri: "com.example.app:/signed-in", transport: self, retry: retry,
            dpop: dpop)
    }
}

func fields(_ form: String) -> [String: String] {
    Dictionary(
        uniqueKeysWithValues: form.split(separator: "&").map { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts[1].replacingOccurrences(of: "+", with: " ")
            return (parts[0].removingPercentEncoding!, value.removingPercentEncoding!)
        })
}

func refused(_ answer: Answer) -> Refusal? {
    if case .refused(let refusal) = answer { return refusal }
    return nil
}

func access(_ answer: Answer) -> String? {
    if case .tokens(let tokens) = answer { return tokens.access }
    return nil
}
