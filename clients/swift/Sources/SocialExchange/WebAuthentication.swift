#if canImport(AuthenticationServices) && (os(iOS) || os(macOS) || os(visionOS))
import AuthenticationServices
import Foundation

/// The system's browser sheet. It shares the browser's cookies, so that the person stays signed in at the realm there.
@MainActor
public final class WebAuthentication: NSObject, Browser, ASWebAuthenticationPresentationContextProviding {
    private let scheme: String
    private let anchor: ASPresentationAnchor
    private var current: ASWebAuthenticationSession?

    /// - Parameter scheme: of the redirect URI, such as `com.example.app`
    public init(scheme: String, anchor: ASPresentationAnchor) {
        self.scheme = scheme
        self.anchor = anchor
    }

    public func open(_ link: URL, for refusal: Refusal) async throws -> URL {
        try await withCheckedThrowingContinuation { continuation in
            let session = ASWebAuthenticationSession(url: link, callbackURLScheme: scheme) { callback, error in
                if let callback {
                    continuation.resume(returning: callback)
                } else if (error as? ASWebAuthenticationSessionError)?.code == .canceledLogin {
                    continuation.resume(throwing: CancellationError())
                } else {
                    continuation.resume(throwing: error ?? URLError(.unknown))
                }
            }
            session.presentationContextProvider = self
            current = session
            session.start()
        }
    }

    public nonisolated func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor {
        MainActor.assumeIsolated { anchor }
    }
}
#endif
