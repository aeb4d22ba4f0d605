package dev.socialexchange.keycloak.android

import dev.socialexchange.keycloak.it.support.App
import dev.socialexchange.keycloak.it.support.MobileRealm
import dev.socialexchange.keycloak.it.support.ProviderEndpoint
import dev.socialexchange.keycloak.it.support.Suite
import dev.socialexchange.keycloak.it.support.TokenType
import dev.socialexchange.keycloak.it.support.Visitor
import dev.socialexchange.keycloak.simulator.Fault
import java.net.URI
import java.time.Instant
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test

/**
 * The Android recipe with a real realm. Chromium stands for the Custom Tab, the providers' simulators for their SDKs.
 */
class AndroidRecipeIT {
    private val person = Suite.newPerson()

    @Test
    fun `a token that runs out is refreshed`() {
        val signedIn = client.exchange(realm.subject(person)).tokens()
        val session = Session(client, signedIn)

        val renewed = session.accessToken()

        assertThat(signedIn.expiry).isBetween(Instant.now(), Instant.now().plusSeconds(MobileRealm.LIFESPAN.toLong()))
        assertThat(renewed).isNotEmpty().isNotEqualTo(signedIn.access)
        assertThat(session.accessToken()).isNotEmpty().isNotEqualTo(renewed)
    }

    @Test
    fun `a token that lasts is used as it is`() {
        val patient = MobileRealm.patient()
        val client = clientOf(patient)

        val signedIn = client.exchange(patient.subject(person)).tokens()

        assertThat(Session(client, signedIn).accessToken()).isEqualTo(signedIn.access)
    }

    @Test
    fun `whose session is over signs in again`() {
        val session = Session(client, client.exchange(realm.subject(person)).tokens())
        assertThat(session.accessToken()).isNotNull()

        realm.endSessions(person)

        assertThat(session.accessToken()).isNull()
    }

    @Test
    fun `an existing account is linked in a Custom Tab`() {
        val account = realm.account(person)
        val needed = client.exchange(realm.subject(person)) as Answer.PersonNeeded

        val signedIn = client.redeem(needed.login, queryOf(realm.links(needed.link))).tokens()

        assertThat(needed.reason).isEqualTo("login_required")
        assertThat(Session(client, signedIn).accessToken()).isNotEmpty()
        assertThat(realm.linkedUser(person)).isEqualTo(account)
        client.exchange(realm.subject(person)).tokens()
    }

    @Test
    fun `who turns back comes to the app's own scheme`() {
        val scheme = "com.example.app:/signed-in"
        val own = App.of(realm.realm()) { it.putArray("redirectUris").add(scheme) }
        val client = RealmClient(realm.url().toString(), own.clientId(), scheme)
        realm.account(person)
        val needed = client.exchange(realm.subject(own.provider("google"), person)) as Answer.PersonNeeded

        val back = MobileRealm.turnsBack(needed.link)
        val refused = client.redeem(needed.login, queryOf(back)) as Answer.Refused

        assertThat(back).startsWith(scheme)
        assertThat(refused.error).isEqualTo("access_denied")
    }

    @Test
    fun `another login's answer is not redeemed`() {
        val answer = mapOf("state" to Login().state, "code" to "of somebody else")

        val refused = client.redeem(Login(), answer::get) as Answer.Refused

        assertThat(refused.error).isEqualTo("state_mismatch")
    }

    @Test
    fun `without a link the realm's login leads to the provider`() {
        val unlinked = App.of(realm.realm())
        val alias = unlinked.provider("google")
        val client = RealmClient(realm.url().toString(), unlinked.clientId(), "https://not-yet.example/")
        realm.account(person)
        val needed = client.exchange(realm.subject(alias, person)) as Answer.PersonNeeded
        realm.realm().admin().updateClient(unlinked.clientId()) {
            it.withArray("/redirectUris").add("https://not-yet.example/")
        }

        val page = Visitor().get(needed.link)

        assertThat(page.headers().firstValue("Location").orElse(page.body())).contains("/broker/$alias/login")
    }

    @Test
    fun `a refusal has its stable reason`() {
        val foreign = Suite.providers().google().idToken("another-app", person)

        val refused = client.exchange(realm.subject(person) + ("subject_token" to foreign)) as Answer.Refused

        assertThat(refused.error).isEqualTo("invalid_request")
        assertThat(refused.reason).isEqualTo("token_for_another_app")
        assertThat(refused.description).isNotBlank()
    }

    @Test
    fun `a provider in trouble is asked later`() {
        val token = Suite.providers().github().run { accessToken(clientId(), person) }
        ProviderEndpoint.profile("github").fault(Suite.providers(), Fault.status(502).forToken(token))
        val subject = MobileRealm.subject(realm.app().provider("github"), token, TokenType.ACCESS_TOKEN)

        val answer = client.exchange(subject) as Answer.TryLater

        assertThat(answer.seconds).isPositive()
    }

    private fun Answer.tokens(): Answer.Tokens {
        assertThat(this).isInstanceOf(Answer.Tokens::class.java)
        return this as Answer.Tokens
    }

    private fun queryOf(address: String): (String) -> String? = { App.parameter(URI(address), it).orElse(null) }

    companion object {
        private lateinit var realm: MobileRealm
        private lateinit var client: RealmClient

        @BeforeAll
        @JvmStatic
        fun openRealm() {
            realm = MobileRealm.create()
            client = clientOf(realm)
        }

        private fun clientOf(realm: MobileRealm) =
            RealmClient(realm.url().toString(), realm.app().clientId(), realm.app().redirectUri())
    }
}
