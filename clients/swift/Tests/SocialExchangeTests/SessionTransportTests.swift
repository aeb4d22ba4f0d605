import Foundation
import XCTest

@testable import SocialExchange

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

final class SessionTransportTests: XCTestCase {
    func testTokenIsNotTakenElsewhere() async throws {
        let server = try OneAnswer("HTTP/1.1 307 Elsewhere\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")

        let (_, response) = try await SessionTransport().send(server.request)

        XCTAssertEqual(response.statusCode, 307)
        XCTAssertEqual(response.url?.path, "/")
    }

    func testAnswerIsReadWhateverItsStatus() async throws {
        let server = try OneAnswer("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}")

        let (body, response) = try await SessionTransport().send(server.request)

        XCTAssertEqual(response.statusCode, 503)
        XCTAssertEqual(response.value(forHTTPHeaderField: "Retry-After"), "7")
        XCTAssertEqual(String(decoding: body, as: UTF8.self), "{}")
    }

    func testLostConnectionIsAnError() async throws {
        let server = try OneAnswer("")

        do {
            _ = try await SessionTransport().send(server.request)
            XCTFail("an answer")
        } catch is URLError {}
    }
}

/// Takes one connection on the loopback address, answers it with this text, and hangs up.
private final class OneAnswer {
    let request: URLRequest

    init(_ text: String) throws {
        #if canImport(Glibc)
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let listening = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listening, generic, length) == 0 && listen(listening, 1) == 0
                    && getsockname(listening, generic, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
        let url = URL(string: "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/")!
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = Data("subject_token=secret".utf8)
        self.request = request
        Thread.detachNewThread {
            let connection = accept(listening, nil, nil)
            var received = [UInt8](repeating: 0, count: 4096)
            _ = recv(connection, &received, received.count, 0)
            _ = send(connection, text, text.utf8.count, 0)
            shutdown(connection, Int32(SHUT_RDWR))
            close(connection)
            close(listening)
        }
    }
}
