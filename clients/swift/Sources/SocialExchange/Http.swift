import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Requests to the realm: none is sent twice but by `Retry`.
struct Http: Sendable {
    let transport: Transport
    let retry: Retry
    let dpop: DpopKey?

    func get(_ url: URL) async throws -> Reply {
        try await send(again: { _ in true }) { URLRequest(url: url) }
    }

    /// - Parameters:
    ///   - bound: whether the answer's tokens are to be bound to the key
    ///   - accessToken: whose person asks
    ///   - again: whether what was sent is still good after this refusal
    func post(
        _ url: URL,
        _ fields: [String: String],
        bound: Bool = false,
        accessToken: String? = nil,
        again: (Refusal) -> Bool = { _ in true }
    ) async throws -> Reply {
        try await send(again: again) {
            var request = URLRequest(url: url)
            request.httpMethod = "POST"
            request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(form(fields).utf8)
            if let accessToken {
                let scheme = dpop == nil ? "Bearer" : "DPoP"
                request.setValue("\(scheme) \(accessToken)", forHTTPHeaderField: "Authorization")
            }
            if let dpop, bound || accessToken != nil {
                let proof = try dpop.proof(method: "POST", url: url.absoluteString, accessToken: accessToken)
                request.setValue(proof, forHTTPHeaderField: "DPoP")
            }
            return request
        }
    }

    /// A request of its own for each try: a proof is taken once.
    private func send(again: (Refusal) -> Bool, _ request: () throws -> URLRequest) async throws -> Reply {
        for _ in 0..<retry.times {
            let reply = try await reply(to: request())
            guard let wait = reply.wait, wait <= retry.longest, again(reply.refusal) else { return reply }
            try await Task.sleep(nanoseconds: UInt64(wait * 1_000_000_000))
        }
        return try await reply(to: request())
    }

    private func reply(to request: URLRequest) async throws -> Reply {
        let (body, response): (Data, HTTPURLResponse)
        do {
            (body, response) = try await transport.send(request)
        } catch let error as URLError where error.code != .cancelled {
            throw RealmError.noVerdict("The realm did not answer: \(error.code.rawValue)")
        }
        let reply = Reply(status: response.statusCode, body: body, wait: Self.wait(response))
        if reply.wait == nil, reply.status >= 500 || (reply.status != 204 && !reply.isJson) {
            throw RealmError.noVerdict("The realm gave no verdict: HTTP \(reply.status)")
        }
        return reply
    }

    /// 429 without a time comes from a proxy; 503 without one from a server that is just starting, which is no verdict.
    private static func wait(_ response: HTTPURLResponse) -> TimeInterval? {
        guard response.statusCode == 429 || response.statusCode == 503 else { return nil }
        let after = response.value(forHTTPHeaderField: "Retry-After")
        if let seconds = after.flatMap(Int.init) {
            return TimeInterval(min(max(seconds, 0), 86_400))
        }
        if let date = after.flatMap(httpDate) {
            return max(date.timeIntervalSinceNow, 0)
        }
        return response.statusCode == 429 ? 10 : nil
    }

    private static func httpDate(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text)
    }
}

struct Reply {
    let status: Int
    let body: Data
    /// Seconds until the realm wants to be asked again; nil where it does not say so.
    let wait: TimeInterval?

    var succeeded: Bool { (200...299).contains(status) }
    var isJson: Bool { (try? JSONSerialization.jsonObject(with: body)) is [String: Any] }

    var refusal: Refusal {
        let said = try? JSONDecoder().decode(Said.self, from: body)
        return Refusal(said?.error ?? "http_\(status)", word: said?.error_reason, description: said?.error_description)
    }

    var interactionUri: URL? { (try? JSONDecoder().decode(Said.self, from: body))?.interaction_uri.flatMap(URL.init) }

    /// What is missing in an answer that is one is no verdict either.
    func read<Content: Decodable>(_ type: Content.Type) throws -> Content {
        do {
            return try JSONDecoder().decode(type, from: body)
        } catch is DecodingError {
            throw RealmError.noVerdict("The realm's answer is not what it has to be")
        }
    }

    private struct Said: Decodable {
        let error: String?
        let error_reason: String?
        let error_description: String?
        let interaction_uri: String?
    }
}
