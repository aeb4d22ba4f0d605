package dev.socialexchange.keycloak.client

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

class SessionTest {
    private val realm = FakeRealm()
    private val storage = MemoryStorage()
    private var opened = ""
    private val session = session()

    @AfterEach fun end() = realm.close()

    @Test
    fun tokenThatLastsIsUsedAsItIs() {
        realm.signsIn("first")
        signIn()

        assertThat(accessToken()).isEqualTo("first")
        assertThat(realm.asked).hasSize(1)
    }

    @Test
    fun allWhoAskAtOnceShareOneRefresh() {
        realm.signsIn("first", "old", seconds = 5).signsIn("second", "new")
        signIn()

        val tokens = runBlocking(Dispatchers.Default) { List(8) { async { session.accessToken() } }.awaitAll() }

        assertThat(tokens).containsOnly("second")
        assertThat(realm.asked).hasSize(2)
        assertThat(realm.asked.last().form).containsEntry("refresh_token", "old")
        assertThat(runBlocking { storage.read("refresh_token") }).isEqualTo("new")
    }

    /** Where the realm takes a refresh token once, the person would be signed out. */
    @Test
    fun refreshedTokensAreKeptThoughNobodyWaitsForThemAnyMore() {
        realm.signsIn("first", "old", seconds = 5)
        signIn()
        runBlocking {
            val asking = launch(Dispatchers.Default, CoroutineStart.LAZY) { session.accessToken() }
            realm.answersWhen { asking.cancel() }.signsIn("second", "new")
            asking.join()
            assertThat(asking.isCancelled).isTrue()
        }

        assertThat(accessToken()).isEqualTo("second")
        assertThat(runBlocking { storage.read("refresh_token") }).isEqualTo("new")
    }

    @Test
    fun refreshTokenThatIsNotReplacedIsKept() {
        realm.signsIn("first", "lasting", seconds = 5).signsIn("second", refresh = null)
        signIn()

        assertThat(accessToken()).isEqualTo("second")
        assertThat(runBlocking { storage.read("refresh_token") }).isEqualTo("lasting")
    }

    @Test
    fun whoseSessionIsOverSignsInAgain() {
        realm.signsIn(seconds = 5).refuses(400, "invalid_grant")
        signIn()

        assertThat(accessToken()).isNull()
        assertThat(accessToken()).isNull()
        assertThat(runBlocking { storage.read("refresh_token") }).isNull()
    }

    @ParameterizedTest
    @CsvSource("400, unauthorized_client", "500, unknown_error", "503, temporarily_unavailable")
    fun realmInTroubleSignsNobodyOut(status: Int, error: String) {
        realm.signsIn(seconds = 5).refuses(status, error, null, "Retry-After" to "30").signsIn("second")
        signIn()

        assertThatThrownBy { accessToken() }.isInstanceOf(java.io.IOException::class.java)
        assertThat(accessToken()).isEqualTo("second")
    }

    @Test
    fun newProcessGoesOnWithTheRefreshToken() {
        realm.signsIn("first", "kept").signsIn("second")
        signIn()

        assertThat(runBlocking { session().accessToken() }).isEqualTo("second")
        assertThat(realm.asked.last().form).containsEntry("refresh_token", "kept")
    }

    @Test
    fun loginOutlivesTheProcessThatBeganIt() {
        realm.refuses(400, "interaction_required", "account_exists").signsIn("linked")
        signIn()
        val state = fields(opened.substringAfter("?")).getValue("state")

        val answer = runBlocking { session().resume("com.example.app:/signed-in?state=$state&code=c") }

        assertThat((answer as Answer.Tokens).access).isEqualTo("linked")
        assertThat(runBlocking { storage.read("login") }).isNull()
    }

    /** Any app may open ours with an address of its own choice. */
    @Test
    fun strangersAnswerEndsNoLogin() {
        realm.refuses(400, "interaction_required", "account_exists").signsIn()
        signIn()
        val state = fields(opened.substringAfter("?")).getValue("state")

        val strange = runBlocking { session.resume("com.example.app:/signed-in?state=s&code=c") }

        assertThat(refused(strange).error).isEqualTo("state_mismatch")
        assertThat(runBlocking { session.resume("com.example.app:/signed-in?state=$state&code=c") })
            .isInstanceOf(Answer.Tokens::class.java)
    }

    @Test
    fun answerThatNobodyWaitsForIsRefused() {
        assertThat(refused(runBlocking { session.resume("com.example.app:/signed-in?state=&code=c") }).error)
            .isEqualTo("state_mismatch")
    }

    @Test
    fun whoSignsOutIsForgottenThoughTheRealmDoesNotAnswer() {
        realm.signsIn(refresh = "ended").says(502, "")
        signIn()

        assertThatThrownBy { runBlocking { session.signOut() } }.isInstanceOf(NoVerdictException::class.java)

        assertThat(realm.asked.last().form).containsEntry("refresh_token", "ended")
        assertThat(accessToken()).isNull()
    }

    @Test
    fun whoSignsOutEndsTheSessionInTheRealm() {
        realm.signsIn().says(204, "")
        signIn()

        runBlocking { session.signOut() }

        assertThat(realm.asked.last().line).isEqualTo("POST /realms/social/protocol/openid-connect/logout")
        assertThat(accessToken()).isNull()
    }

    /** The one before must not come back by their refresh token. */
    @Test
    fun whoSignsInWithoutARefreshTokenTakesNobodyElses() {
        realm.signsIn("of one", "of one").signsIn("of another", refresh = null, seconds = 5)
        signIn()
        signIn()

        assertThat(accessToken()).isNull()
        assertThat(realm.asked).hasSize(2)
    }

    @Test
    fun nobodyLinksBeforeSigningIn() {
        val answer = runBlocking { session.link("github", Subject.AccessToken("t")) }

        assertThat(answer).isInstanceOf(LinkAnswer.Refused::class.java)
        assertThat(realm.asked).isEmpty()
    }

    private fun session() = Session(realm.client(), storage) { opened = it }

    private fun signIn() = runBlocking { session.signIn("google", Subject.AccessToken("t")) }

    private fun accessToken() = runBlocking { session.accessToken() }
}
