import Foundation
import XCTest

@testable import SocialExchange

final class RealmClientTests: XCTestCase {
    private let realm = FakeRealm()
    private let subject = Subject.idToken("id+token", nonce: "a+b c&d=e%20é")

    func testExchangeSendsWhatTheContractAsksFor() async throws {
        await realm.signsIn()

        let answer = try await realm.client().exchange("google", subject)

        let asked = await realm.asked[0]
        XCTAssertEqual(asked.line, "POST https://keycloak.example/realms/social/protocol/openid-connect/token")
        XCTAssertEqual(asked.form["grant_type"], "urn:ietf:params:oauth:grant-type:token-exchange")
        XCTAssertEqual(asked.form["subject_token_type"], "urn:ietf:params:oauth:token-type:id_token")
        XCTAssertEqual(asked.form["subject_token"], "id+token")
        XCTAssertEqual(asked.form["subject_issuer"], "google")
        XCTAssertEqual(asked.form["nonce"], "a+b c&d=e%20é")
        XCTAssertEqual(asked.form["client_id"], "app")
        XCTAssertEqual(asked.form["interaction_redirect_uri"], "com.example.app:/signed-in")
        XCTAssertEqual(access(answer), "access")
    }

    func testCodeThatCameWithAnIdTokenGoesAlong() async throws {
        await realm.signsIn()

        _ = try await realm.client().exchange(
            "google", .idToken("id+token", nonce: "nonce", code: "a+b", redirectUri: "", codeVerifier: "v", user: "{}"))

        let form = await realm.asked[0].form
        XCTAssertEqual(form["subject_token"], "id+token")
        XCTAssertEqual(form["subject_token_type"], "urn:ietf:params:oauth:token-type:id_token")
        XCTAssertEqual(form["nonce"], "nonce")
        XCTAssertEqual(form["code"], "a+b")
        XCTAssertEqual(form["redirect_uri"], "")
        XCTAssertEqual(form["code_verifier"], "v")
        XCTAssertEqual(form["user"], "{}")
    }

    /// Apple's native codes have no address, and not every login has a code; an address without a code is refused.
    func testWhatBelongsToACodeGoesWithACodeOnly() async throws {
        for _ in 0..<3 { await realm.signsIn() }
        let none: String? = nil

        _ = try await realm.client().exchange("apple", .idToken("token", code: "code"))
        _ = try await realm.client().exchange("apple", .code("code", redirectUri: nil))
        _ = try await realm.client().exchange(
            "apple", .idToken("token", code: none, redirectUri: "https://app.example/", codeVerifier: "v"))

        let forms = await realm.asked.map(\.form)
        XCTAssertEqual(forms[0]["code"], "code")
        for form in forms { XCTAssertNil(form["redirect_uri"]) }
        XCTAssertNil(forms[2]["code"])
        XCTAssertNil(forms[2]["code_verifier"])
    }

    func testEveryWordOfTheContractIsAReason() async throws {
        for reason in Reason.allCases {
            await realm.refuses(400, "invalid_request", reason.rawValue)
            let answer = try await realm.client().exchange("google", subject)
            XCTAssertEqual(refused(answer)?.reason, reason)
        }
    }

    func testNewerWordIsLeftToItsError() async throws {
        await realm.refuses(403, "access_denied", "of_the_future")

        let refusal = refused(try await realm.client().exchange("google", subject))

        XCTAssertNil(refusal?.reason)
        XCTAssertEqual(refusal?.word, "of_the_future")
        XCTAssertEqual(refusal?.error, "access_denied")
    }

    func testPersonIsSentToTheLinkOfTheAnswer() async throws {
        await realm.says(
            400,
            #"{"error":"interaction_required","error_reason":"account_exists","interaction_uri":"https://realm/link"}"#)

        guard case .personNeeded(let refusal, let link, let login) = try await realm.client().exchange("google", subject)
        else { return XCTFail("the person is needed") }

        let challenge = await realm.asked[0].form["interaction_code_challenge"]
        XCTAssertEqual(refusal.reason, .accountExists)
        XCTAssertEqual(link.absoluteString, "https://realm/link")
        XCTAssertEqual(login.challenge, challenge)
    }

    func testWithoutALinkTheRealmsLoginLeadsToTheProvider() async throws {
        await realm.refuses(400, "interaction_required", "login_required")

        guard case .personNeeded(_, let link, let login) = try await realm.client().exchange("google", subject)
        else { return XCTFail("the person is needed") }

        let query = fields(link.query!)
        XCTAssertTrue(link.absoluteString.hasPrefix("\(FakeRealm.url)/protocol/openid-connect/auth?"))
        XCTAssertEqual(query["kc_idp_hint"], "google")
        XCTAssertEqual(query["state"], login.state)
        XCTAssertEqual(query["code_challenge_method"], "S256")
    }

    func testWhatIsTemporaryIsAskedAgainAtTheTimeThatTheRealmNames() async throws {
        await realm.refuses(503, "temporarily_unavailable", "server_busy", ["Retry-After": "1"])
        await realm.signsIn()
        let before = Date()

        let answer = try await realm.client().exchange("google", subject)

        XCTAssertEqual(access(answer), "access")
        XCTAssertGreaterThanOrEqual(Date().timeIntervalSince(before), 1)
    }

    func testWaitThatIsTooLongIsTheAppsToDecide() async throws {
        for (status, headers, expected) in [(503, ["Retry-After": "6"], 6.0), (429, ["Retry-After": "60"], 60), (429, [:], 10)] {
            await realm.refuses(status, "temporarily_unavailable", "throttled", headers)
            guard case .tryLater(_, let wait) = try await realm.client().exchange("google", subject)
            else { return XCTFail("later") }
            XCTAssertEqual(wait, expected)
        }
    }

    func testTriesAreBounded() async throws {
        for _ in 0..<3 {
            await realm.refuses(503, "temporarily_unavailable", "provider_unavailable", ["Retry-After": "0"])
        }

        _ = try await realm.client(retry: Retry(times: 2)).exchange("google", subject)

        let asked = await realm.asked.count
        XCTAssertEqual(asked, 3)
    }

    func testCodeIsSentTwiceOnlyIfNobodyHasLookedAtIt() async throws {
        for (status, reason, times) in [(503, "provider_unavailable", 1), (503, "server_busy", 1), (429, "throttled", 2)] {
            let realm = FakeRealm()
            for _ in 0..<2 {
                await realm.refuses(status, "temporarily_unavailable", reason, ["Retry-After": "0"])
            }
            _ = try await realm.client().exchange("github", .code("code", redirectUri: "https://app.example/"))
            let asked = await realm.asked.count
            XCTAssertEqual(asked, times, reason)
        }
    }

    func testIdTokenIsNotSentAgainWithACodeThatMayBeUsedUp() async throws {
        for (status, reason, times) in [
            (503, "provider_unavailable", 1), (503, "server_busy", 1), (503, "of_the_future", 1), (429, "throttled", 2),
        ] {
            for subject in [Subject.idToken("token", code: "code"), .idToken("token", further: ["code": "code"])] {
                let realm = FakeRealm()
                for _ in 0..<(2 * times) {
                    await realm.refuses(status, "temporarily_unavailable", reason, ["Retry-After": "0"])
                }

                let exchanged = try await realm.client().exchange("apple", subject)
                let linked = try await realm.client().link("apple", subject, accessToken: "person")

                guard case .tryLater = exchanged, case .tryLater = linked else { return XCTFail("later") }
                let asked = await realm.asked.count
                XCTAssertEqual(asked, 2 * times, reason)
            }
        }
    }

    func testWhatIsNoAnswerIsNoVerdict() async throws {
        await realm.says(500, #"{"error":"unknown_error"}"#)
        await realm.says(502, "")
        await realm.says(503, "starting")
        await realm.says(307, "", ["Location": "https://elsewhere.example/"])
        await realm.says(200, #"{"access_token":null}"#)
        await realm.hangsUp()

        for tried in 1...6 {
            do {
                _ = try await realm.client().exchange("google", subject)
                XCTFail("an answer to number \(tried)")
            } catch RealmError.noVerdict {}
            let asked = await realm.asked.count
            XCTAssertEqual(asked, tried)
        }
    }

    func testWhatDoesNotBelongToTheLoginIsNotRedeemed() async throws {
        let login = Login()
        for (query, error) in [
            ("?state=another&code=c", "state_mismatch"),
            ("?code=c", "state_mismatch"),
            ("?state=\(login.state)&iss=https%3A%2F%2Fevil.example&code=c", "state_mismatch"),
            ("?state=\(login.state)&error=access_denied", "access_denied"),
            ("?state=\(login.state)", "code_missing"),
        ] {
            let callback = URL(string: "com.example.app:/signed-in" + query)!
            let answer = try await realm.client().redeem(login, callback: callback)
            XCTAssertEqual(refused(answer)?.error, error, query)
        }
        let asked = await realm.asked.count
        XCTAssertEqual(asked, 0)
    }

    func testCodeIsRedeemedWithItsVerifier() async throws {
        await realm.signsIn()
        let login = Login()
        let issuer = "https%3A%2F%2Fkeycloak.example%2Frealms%2Fsocial"
        let callback = URL(string: "com.example.app:/signed-in?state=\(login.state)&code=a%2Bb&iss=\(issuer)#x")!

        _ = try await realm.client().redeem(login, callback: callback)

        let form = await realm.asked[0].form
        XCTAssertEqual(form["code"], "a+b")
        XCTAssertEqual(form["code_verifier"], login.verifier)
        XCTAssertEqual(form["redirect_uri"], "com.example.app:/signed-in")
    }

    func testNothingPrintsAToken() async throws {
        await realm.says(
            200, #"{"access_token":"SECRET","refresh_token":"SECRET","id_token":"SECRET","expires_in":5}"#)
        await realm.refuses(400, "interaction_required", "consent")
        let secret = Subject.idToken("SECRET", nonce: "SECRET", accessToken: "SECRET")
        let withCode = Subject.idToken("SECRET", nonce: "SECRET", code: "SECRET")
        var printed = "\(secret) \(String(reflecting: secret)) \(withCode) \(String(reflecting: withCode))"

        for _ in 0..<2 {
            let answer = try await realm.client().exchange("google", secret)
            printed += "\(answer) \(String(reflecting: answer))"
            dump(answer, to: &printed)
        }
        dump(secret, to: &printed)

        let state = await realm.asked[1].form["interaction_state"]!
        XCTAssertFalse(printed.contains("SECRET"), printed)
        XCTAssertFalse(printed.replacingOccurrences(of: "state=\(state)", with: "").contains(state), printed)
    }

    func testProvidersAreReadWithWhatAButtonNeeds() async throws {
        await realm.says(
            200,
            """
            {"providers":[{"alias":"g","type":"google","display_name":"Google","client_id":"id",
            "subject_token_types":["t"],"nonce":"optional","link_only":false,"newer":1}]}
            """)

        let providers = try await realm.client().providers()

        let asked = await realm.asked[0].line
        XCTAssertEqual(providers.map(\.displayName), ["Google"])
        XCTAssertEqual(asked, "GET https://keycloak.example/realms/social/social-exchange/providers?client_id=app")
    }

    func testClosedRealmIsSaidByItsReason() async throws {
        await realm.refuses(403, "access_denied", "realm_disabled")

        do {
            _ = try await realm.client().nonce()
            XCTFail("a nonce")
        } catch RealmError.refused(let refusal) {
            XCTAssertEqual(refusal.reason, .realmDisabled)
        }
    }

    func testAccountIsLinkedByThePersonsOwnToken() async throws {
        await realm.says(200, #"{"alias":"git hub","link_created":true}"#)
        await realm.refuses(409, "access_denied", "another_account_linked")

        let first = try await realm.client().link("git hub", subject, accessToken: "person")
        let second = try await realm.client().link("git hub", subject, accessToken: "person")

        let asked = await realm.asked[0]
        XCTAssertEqual(first, .linked(created: true))
        XCTAssertEqual(second, .refused(Refusal("access_denied", word: "another_account_linked")))
        XCTAssertEqual(asked.line, "POST https://keycloak.example/realms/social/social-exchange/links/git%20hub")
        XCTAssertEqual(asked.headers["authorization"], "Bearer person")
    }

    func testEveryTryHasAProofOfItsOwnThatNamesKeyAndRequest() async throws {
        await realm.refuses(503, "temporarily_unavailable", "server_busy", ["Retry-After": "0"])
        await realm.signsIn()
        await realm.says(200, #"{"alias":"github","link_created":true}"#)
        let client = realm.client(dpop: FakeKey())

        _ = try await client.exchange("google", subject)
        _ = try await client.link("github", subject, accessToken: "person")

        let asked = await realm.asked
        let proofs = try asked.map { try parts($0.headers["dpop"]!) }
        XCTAssertEqual(Set(proofs.map { $0.claims["jti"] as! String }).count, 3)
        XCTAssertEqual(asked[2].headers["authorization"], "DPoP person")
        XCTAssertEqual(proofs[2].claims["ath"] as? String, base64url(sha256("person")))
        XCTAssertNil(proofs[1].claims["ath"])
        XCTAssertEqual(proofs[1].claims["htu"] as? String, asked[1].line.replacingOccurrences(of: "POST ", with: ""))
        let jwk = proofs[0].header["jwk"] as! [String: String]
        XCTAssertEqual(jwk["x"], base64url(Data(repeating: 1, count: 32)))
        XCTAssertEqual(jwk["y"], base64url(Data(repeating: 2, count: 32)))
    }

    #if !canImport(CryptoKit)
    /// FIPS 180-4, and lengths around a block's end.
    func testDigestIsSha256() {
        XCTAssertEqual(
            hex(Digest.sha256(Data("abc".utf8))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        XCTAssertEqual(
            hex(Digest.sha256(Data())), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        XCTAssertEqual(
            hex(Digest.sha256(Data("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        XCTAssertEqual(
            hex(Digest.sha256(Data(repeating: 0x61, count: 1_000_000))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        for length in 54...65 {
            XCTAssertEqual(hex(Digest.sha256(Data(repeating: 0x61, count: length))), lengths[length - 54], "\(length)")
        }
    }
    #endif

    private func hex(_ data: Data) -> String { data.map { String(format: "%02x", $0) }.joined() }

    private func parts(_ proof: String) throws -> (header: [String: Any], claims: [String: Any]) {
        let parts = try proof.split(separator: ".").prefix(2).map { part in
            let padded = part.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
                + String(repeating: "=", count: (4 - part.count % 4) % 4)
            return try JSONSerialization.jsonObject(with: Data(base64Encoded: padded)!) as! [String: Any]
        }
        return (parts[0], parts[1])
    }
}

private struct FakeKey: DpopKey {
    let publicKey = Data(repeating: 1, count: 32) + Data(repeating: 2, count: 32)

    func sign(_ message: Data) -> Data { Data(repeating: 3, count: 64) }
}

/// Of as many letters a: 54, 55 and so on.
private let lengths = [
    "a3f01b6939256127582ac8ae9fb47a382a244680806a3f613a118851c1ca1d47",
    "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318",
    "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a",
    "f13b2d724659eb3bf47f2dd6af1accc87b81f09f59f2b75e5c0bed6589dfe8c6",
    "d5c039b748aa64665782974ec3dc3025c042edf54dcdc2b5de31385b094cb678",
    "111bb261277afd65f0744b247cd3e47d386d71563d0ed995517807d5ebd4fba3",
    "11ee391211c6256460b6ed375957fadd8061cafbb31daf967db875aebd5aaad4",
    "35d5fc17cfbbadd00f5e710ada39f194c5ad7c766ad67072245f1fad45f0f530",
    "f506898cc7c2e092f9eb9fadae7ba50383f5b46a2a4fe5597dbb553a78981268",
    "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34",
    "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb",
    "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0",
]
