import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking // where URLSession is outside Apple's systems
#endif

/// Takes a request to the realm and brings its answer, whatever the status. It follows no redirect.
public protocol Transport: Sendable {
    func send(_ request: URLRequest) async throws -> (Data, HTTPURLResponse)
}

/// A `URLSession` without cookies, cache and redirects. By its delegate, for on Linux nothing else refuses a redirect.
public final class SessionTransport: Transport {
    private let session: URLSession
    private let exchanges = Exchanges()

    /// - Parameter timeout: of a request, in seconds
    public init(timeout: TimeInterval = 30) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCache = nil
        configuration.timeoutIntervalForRequest = timeout
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    public func send(_ request: URLRequest) async throws -> (Data, HTTPURLResponse) {
        let task = session.dataTask(with: request)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                exchanges.begin(task, continuation)
                task.resume()
            }
        } onCancel: {
            task.cancel()
        }
    }
}

/// What is under way, by its task.
private final class Exchanges: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    typealias Answered = CheckedContinuation<(Data, HTTPURLResponse), Error>

    private let lock = NSLock()
    private var waiting: [Int: (answered: Answered, body: Data)] = [:]

    func begin(_ task: URLSessionTask, _ answered: Answered) {
        lock.withLock { waiting[task.taskIdentifier] = (answered, Data()) }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        lock.withLock { waiting[dataTask.taskIdentifier]?.body.append(data) }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: Error?) {
        guard let (answered, body) = lock.withLock({ waiting.removeValue(forKey: task.taskIdentifier) }) else { return }
        if let response = task.response as? HTTPURLResponse, error == nil {
            answered.resume(returning: (body, response))
        } else {
            answered.resume(throwing: error ?? URLError(.badServerResponse))
        }
    }
}
