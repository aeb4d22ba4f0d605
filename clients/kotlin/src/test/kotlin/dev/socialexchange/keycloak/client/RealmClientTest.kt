package dev.socialexchange.keycloak.client

import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.EnumSource

class RealmClientTest {
    private val realm = FakeRealm()
    private val client = realm.client()
    private val subject = Subject.IdToken("id+token", nonce = "a+b c&d=e%20é")

    @AfterEach fun end() = realm.close()

    @Test
    fun exchangeSendsWhatTheContractAsksFor() {
        realm.signsIn()

        val answer = exchange()

        val asked = realm.asked.single()
        assertThat(asked.line).isEqualTo("POST /realms/social/protocol/openid-connect/token")
        assertThat(asked.form)
            .containsAllEntriesOf(
                mapOf(
                    "grant_type" to "urn:ietf:params:oauth:grant-type:token-exchange",
                    "client_id" to "app",
                    "subject_issuer" to "google",
                    "subject_token" to "id+token",
                    "subject_token_type" to "urn:ietf:params:oauth:token-type:id_token",
                    "nonce" to "a+b c&d=e%20é",
                    "scope" to "openid",
                    "interaction_redirect_uri" to "com.example.app:/signed-in",
                )
            )
        assertThat(asked.form).containsKeys("interaction_state", "interaction_code_challenge")
        assertThat((answer as Answer.Tokens).access).isEqualTo("access")
    }

    @Test
    fun codeThatCameWithAnIdTokenGoesAlong() {
        realm.signsIn()

        exchange(Subject.IdToken("id+token", "nonce", code = "a+b", redirectUri = "", codeVerifier = "v", user = "{}"))

        assertThat(realm.asked.single().form)
            .containsAllEntriesOf(
                mapOf(
                    "subject_token" to "id+token",
                    "subject_token_type" to "urn:ietf:params:oauth:token-type:id_token",
                    "nonce" to "nonce",
                    "code" to "a+b",
                    "redirect_uri" to "",
                    "code_verifier" to "v",
                    "user" to "{}",
                )
            )
    }

    /** Apple's native codes have no address, and not every login has a code; an address without a code is refused. */
    @Test
    fun whatBelongsToACodeGoesWithACodeOnly() {
        realm.signsIn().signsIn()

        exchange(Subject.IdToken("token", code = "code"))
        exchange(Subject.IdToken("token", code = null, redirectUri = "https://app.example/", codeVerifier = "v"))

        assertThat(realm.asked.first().form).containsEntry("code", "code").doesNotContainKey("redirect_uri")
        assertThat(realm.asked.last().form).doesNotContainKeys("code", "redirect_uri", "code_verifier")
    }

    @ParameterizedTest
    @EnumSource
    fun everyWordOfTheContractIsAReason(reason: Reason) {
        realm.refuses(400, "invalid_request", reason.word)

        assertThat(refused(exchange()).reason).isEqualTo(reason)
    }

    @Test
    fun newerWordIsLeftToItsError() {
        realm.refuses(403, "access_denied", "of_the_future")

        val refusal = refused(exchange())

        assertThat(refusal.reason).isNull()
        assertThat(refusal.word).isEqualTo("of_the_future")
        assertThat(refusal.error).isEqualTo("access_denied")
    }

    @Test
    fun personIsSentToTheLinkOfTheAnswer() {
        realm.says(
            400,
            """{"error":"interaction_required","error_reason":"account_exists","interaction_uri":"https://realm/link"}""",
        )

        val needed = exchange() as Answer.PersonNeeded

        assertThat(needed.refusal.reason).isEqualTo(Reason.ACCOUNT_EXISTS)
        assertThat(needed.link).isEqualTo("https://realm/link")
        assertThat(needed.login.challenge).isEqualTo(realm.asked.single().form["interaction_code_challenge"])
    }

    @Test
    fun withoutALinkTheRealmsLoginLeadsToTheProvider() {
        realm.refuses(400, "interaction_required", "login_required")

        val needed = exchange() as Answer.PersonNeeded

        assertThat(needed.link).startsWith("${realm.url}/protocol/openid-connect/auth?")
        assertThat(fields(needed.link.substringAfter("?")))
            .containsEntry("kc_idp_hint", "google")
            .containsEntry("state", needed.login.state)
            .containsEntry("code_challenge_method", "S256")
    }

    @Test
    fun whatIsTemporaryIsAskedAgainAtTheTimeThatTheRealmNames() {
        realm.refuses(503, "temporarily_unavailable", "server_busy", "Retry-After" to "1").signsIn()
        val before = System.nanoTime()

        assertThat(exchange()).isInstanceOf(Answer.Tokens::class.java)

        assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(1_000)
        assertThat(realm.asked.map { it.form }.toSet()).hasSize(1)
    }

    @ParameterizedTest
    @CsvSource("503, 6, 6", "429, 60, 60", "429, , 10")
    fun waitThatIsTooLongIsTheAppsToDecide(status: Int, retryAfter: String?, wait: Int) {
        realm.refuses(
            status,
            "temporarily_unavailable",
            "throttled",
            *listOfNotNull(retryAfter?.let { "Retry-After" to it }).toTypedArray(),
        )

        assertThat((exchange() as Answer.TryLater).wait).isEqualTo(wait.seconds)
    }

    @Test
    fun triesAreBounded() {
        repeat(3) { realm.refuses(503, "temporarily_unavailable", "provider_unavailable", "Retry-After" to "0") }

        val answer = runBlocking { realm.client(Retry(times = 2)).exchange("google", subject) }

        assertThat(answer).isInstanceOf(Answer.TryLater::class.java)
        assertThat(realm.asked).hasSize(3)
    }

    @ParameterizedTest
    @CsvSource("503, provider_unavailable, 1", "503, server_busy, 1", "429, throttled, 2")
    fun codeIsSentTwiceOnlyIfNobodyHasLookedAtIt(status: Int, reason: String, times: Int) {
        repeat(2) { realm.refuses(status, "temporarily_unavailable", reason, "Retry-After" to "0") }

        runBlocking { client.exchange("github", Subject.Code("code", "https://app.example/")) }

        assertThat(realm.asked).hasSize(times)
    }

    @ParameterizedTest
    @CsvSource("503, provider_unavailable, 1", "503, server_busy, 1", "503, of_the_future, 1", "429, throttled, 2")
    fun idTokenIsNotSentAgainWithACodeThatMayBeUsedUp(status: Int, reason: String, times: Int) {
        val subjects =
            listOf(Subject.IdToken("token", code = "code"), Subject.IdToken("token", further = mapOf("code" to "code")))
        repeat(4 * times) { realm.refuses(status, "temporarily_unavailable", reason, "Retry-After" to "0") }

        runBlocking {
            subjects.forEach {
                assertThat(client.exchange("apple", it)).isInstanceOf(Answer.TryLater::class.java)
                assertThat(client.link("apple", it, "person")).isInstanceOf(LinkAnswer.TryLater::class.java)
            }
        }

        assertThat(realm.asked).hasSize(4 * times)
    }

    @ParameterizedTest
    @CsvSource("500, unknown_error", "502, ''", "503, starting")
    fun otherServerErrorsAreNoVerdict(status: Int, error: String) {
        realm.says(status, if (error == "unknown_error") """{"error":"$error"}""" else error)

        assertThatThrownBy { exchange() }.isInstanceOf(NoVerdictException::class.java)
        assertThat(realm.asked).hasSize(1)
    }

    /** The realm may have taken it, and would call it replayed. */
    @Test
    fun whatALostConnectionTookIsNotSentAgain() {
        realm.signsIn().hangsUp().signsIn()
        exchange() // leaves a connection in the pool, on which OkHttp itself would try again

        assertThatThrownBy { exchange() }.isInstanceOf(NoVerdictException::class.java)
        assertThat(realm.asked).hasSize(2)
    }

    @Test
    fun tokenIsNotTakenElsewhere() {
        realm.says(307, "", "Location" to "${realm.url}/elsewhere").signsIn()

        assertThatThrownBy { exchange() }.isInstanceOf(NoVerdictException::class.java)
        assertThat(realm.asked).hasSize(1)
    }

    @Test
    fun answerWithoutTokensIsNoVerdict() {
        realm.says(200, """{"access_token":null}""")

        assertThatThrownBy { exchange() }.isInstanceOf(NoVerdictException::class.java)
    }

    @ParameterizedTest
    @CsvSource(
        "?state=another&code=c, state_mismatch",
        "?code=c, state_mismatch",
        "?state=S&iss=https%3A%2F%2Fevil.example&code=c, state_mismatch",
        "?state=S&error=access_denied, access_denied",
        "?state=S, code_missing",
    )
    fun whatDoesNotBelongToTheLoginIsNotRedeemed(query: String, error: String) {
        val login = Login()

        val answer = runBlocking {
            client.redeem(login, "com.example.app:/signed-in" + query.replace("S", login.state))
        }

        assertThat(refused(answer).error).isEqualTo(error)
        assertThat(realm.asked).isEmpty()
    }

    @Test
    fun codeIsRedeemedWithItsVerifier() {
        realm.signsIn()
        val login = Login()

        runBlocking {
            client.redeem(login, "com.example.app:/signed-in?state=${login.state}&code=a%2Bb&iss=${realm.url}#x")
        }

        assertThat(realm.asked.single().form)
            .containsEntry("code", "a+b")
            .containsEntry("code_verifier", login.verifier)
            .containsEntry("redirect_uri", "com.example.app:/signed-in")
    }

    @ParameterizedTest
    @CsvSource("http://keycloak.example/realms/social", "http://localhost.evil.example/realms/social")
    fun tokensNeedHttps(url: String) {
        assertThatThrownBy { RealmClient(url, "app", "com.example.app:/") }.hasMessage("HTTPS is required")
    }

    @Test
    fun nothingPrintsAToken() {
        realm
            .says(200, """{"access_token":"SECRET","refresh_token":"SECRET","id_token":"SECRET","expires_in":5}""")
            .refuses(400, "interaction_required", "consent")
        val secret = Subject.IdToken("SECRET", nonce = "SECRET", accessToken = "SECRET")
        val withCode = Subject.IdToken("SECRET", nonce = "SECRET", code = "SECRET")

        val printed = runBlocking { List(2) { client.exchange("google", secret) } } + secret + withCode + Login()

        assertThat("$printed").doesNotContain("SECRET").doesNotContain(realm.asked.last().form["interaction_state"])
    }

    @Test
    fun providersAreReadWithWhatAButtonNeeds() {
        realm.says(
            200,
            """{"providers":[{"alias":"g","type":"google","display_name":"Google","client_id":"id",
            "subject_token_types":["t"],"nonce":"optional","link_only":false,"newer":1}]}""",
        )

        assertThat(runBlocking { client.providers() })
            .containsExactly(Provider("g", "google", "Google", "id", listOf("t"), "optional", false))
        assertThat(realm.asked.single().line).isEqualTo("GET /realms/social/social-exchange/providers?client_id=app")
    }

    @Test
    fun closedRealmIsSaidByItsReason() {
        realm.refuses(403, "access_denied", "realm_disabled")

        assertThatThrownBy { runBlocking { client.nonce() } }
            .isInstanceOfSatisfying(RefusedException::class.java) {
                assertThat(it.refusal.reason).isEqualTo(Reason.REALM_DISABLED)
            }
    }

    @Test
    fun accountIsLinkedByThePersonsOwnToken() {
        realm
            .says(200, """{"alias":"git hub","link_created":true}""")
            .refuses(409, "access_denied", "another_account_linked")

        val (first, second) = runBlocking { List(2) { client.link("git hub", subject, "person") } }

        assertThat(first).isEqualTo(LinkAnswer.Linked(true))
        assertThat((second as LinkAnswer.Refused).refusal.reason).isEqualTo(Reason.ANOTHER_ACCOUNT_LINKED)
        assertThat(realm.asked.first().line).isEqualTo("POST /realms/social/social-exchange/links/git%20hub")
        assertThat(realm.asked.first().headers).containsEntry("authorization", "Bearer person")
    }

    private fun exchange(subject: Subject = this.subject): Answer = runBlocking { client.exchange("google", subject) }
}

fun refused(answer: Answer): Refusal = (answer as Answer.Refused).refusal
