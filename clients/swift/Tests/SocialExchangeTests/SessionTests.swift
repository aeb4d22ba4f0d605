import Foundation
import XCTest

@testable import SocialExchange

final class SessionTests: XCTestCase {
    private let realm = FakeRealm()
    private let storage = MemoryStorage()

    func testTokenThatLastsIsUsedAsItIs() async throws {
        await realm.signsIn("first")
        let session = try await signedIn()

        let token = try await session.accessToken()

        let asked = await realm.asked.count
        XCTAssertEqual(token, "first")
        XCTAssertEqual(asked, 1)
    }

    func testAllWhoAskAtOnceShareOneRefresh() async throws {
        await realm.signsIn("first", refresh: "old", seconds: 5)
        await realm.signsIn("second", refresh: "new")
        let session = try await signedIn()

        let tokens = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<8 {
                group.addTask { try await session.accessToken() }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        let asked = await realm.asked
        let kept = await storage.read("refresh_token")
        XCTAssertEqual(tokens, Array(repeating: "second", count: 8))
        XCTAssertEqual(asked.count, 2)
        XCTAssertEqual(asked[1].form["refresh_token"], "old")
        XCTAssertEqual(kept, "new")
    }

    func testRefreshTokenThatIsNotReplacedIsKept() async throws {
        await realm.signsIn("first", refresh: "lasting", seconds: 5)
        await realm.signsIn("second", refresh: nil)
        let session = try await signedIn()

        _ = try await session.accessToken()

        let kept = await storage.read("refresh_token")
        XCTAssertEqual(kept, "lasting")
    }

    func testWhoseSessionIsOverSignsInAgain() async throws {
        await realm.signsIn(seconds: 5)
        await realm.refuses(400, "invalid_grant")
        let session = try await signedIn()

        let token = try await session.accessToken()

        let kept = await storage.read("refresh_token")
        XCTAssertNil(token)
        XCTAssertNil(kept)
    }

    func testRealmInTroubleSignsNobodyOut() async throws {
        for (status, error) in [(400, "unauthorized_client"), (500, "unknown_error"), (503, "temporarily_unavailable")] {
            await realm.signsIn(seconds: 5)
            await realm.refuses(status, error, nil, ["Retry-After": "30"])
            await realm.signsIn("second")
            let session = try await signedIn()

            do {
                _ = try await session.accessToken()
                XCTFail("a token")
            } catch is RealmError {}
            let token = try await session.accessToken()
            XCTAssertEqual(token, "second")
        }
    }

    func testNewProcessGoesOnWithTheRefreshToken() async throws {
        await realm.signsIn("first", refresh: "kept")
        await realm.signsIn("second")
        _ = try await signedIn()

        let token = try await session().accessToken()

        XCTAssertEqual(token, "second")
    }

    func testBrowserIsToldWhyAndItsAnswerIsRedeemed() async throws {
        await realm.refuses(400, "interaction_required", "account_exists")
        await realm.signsIn("linked")
        let browser = FakeBrowser()

        let answer = try await session(browser).signIn("google", .accessToken("t"))

        let told = await browser.told
        XCTAssertEqual(access(answer), "linked")
        XCTAssertEqual(told?.reason, .accountExists)
    }

    func testWhoClosesTheBrowserIsNotSignedIn() async throws {
        await realm.refuses(400, "interaction_required", "account_exists")
        let session = session(ClosedBrowser())

        do {
            _ = try await session.signIn("google", .accessToken("t"))
            XCTFail("signed in")
        } catch is CancellationError {}
        let token = try await session.accessToken()
        XCTAssertNil(token)
    }

    func testWhoSignsOutIsForgottenThoughTheRealmDoesNotAnswer() async throws {
        await realm.signsIn(refresh: "ended")
        await realm.says(502, "")
        let session = try await signedIn()

        do {
            try await session.signOut()
            XCTFail("told")
        } catch RealmError.noVerdict {}

        let asked = await realm.asked
        let token = try await session.accessToken()
        XCTAssertEqual(asked[1].form["refresh_token"], "ended")
        XCTAssertNil(token)
    }

    func testWhoSignsInWithoutARefreshTokenTakesNobodyElses() async throws {
        await realm.signsIn("of one", refresh: "of one")
        await realm.signsIn("of another", refresh: nil, seconds: 5)
        let session = try await signedIn()
        _ = try await session.signIn("google", .accessToken("t"))

        let token = try await session.accessToken()

        XCTAssertNil(token)
    }

    func testNobodyLinksBeforeSigningIn() async throws {
        let answer = try await session().link("github", .accessToken("t"))

        XCTAssertEqual(answer, .refused(Refusal("invalid_token", description: "Nobody is signed in")))
    }

    private func session(_ browser: Browser = ClosedBrowser()) -> Session {
        Session(realm: realm.client(), storage: storage, browser: browser)
    }

    private func signedIn() async throws -> Session {
        let session = session()
        _ = try await session.signIn("google", .accessToken("t"))
        return session
    }
}

private struct ClosedBrowser: Browser {
    func open(_ link: URL, for refusal: Refusal) async throws -> URL { throw CancellationError() }
}

private actor FakeBrowser: Browser {
    private(set) var told: Refusal?

    func open(_ link: URL, for refusal: Refusal) -> URL {
        told = refusal
        return URL(string: "com.example.app:/signed-in?code=c&state=" + fields(link.query!)["state"]!)!
    }
}
