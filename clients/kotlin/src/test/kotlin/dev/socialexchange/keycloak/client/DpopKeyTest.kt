package dev.socialexchange.keycloak.client

import dev.socialexchange.keycloak.client.internal.base64url
import dev.socialexchange.keycloak.client.internal.sha256
import java.math.BigInteger
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.util.Base64
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.json.JSONObject
import org.junit.jupiter.api.Test

class DpopKeyTest {
    private val keys =
        KeyPairGenerator.getInstance("EC").run {
            initialize(ECGenParameterSpec("secp256r1"))
            generateKeyPair()
        }

    /** Often enough to meet numbers that begin with zeros, or with a bit that looks like a sign. */
    @Test
    fun proofIsSignedByTheKeyThatItNames() {
        repeat(600) {
            val (header, claims, signature) = DpopKey(keys).proof("POST", "https://realm/token").split(".")

            val verifier = Signature.getInstance("SHA256withECDSAinP1363Format")
            verifier.initVerify(keys.public)
            verifier.update("$header.$claims".toByteArray())
            assertThat(verifier.verify(Base64.getUrlDecoder().decode(signature))).isTrue()
        }
    }

    @Test
    fun proofIsOfOneRequest() {
        val key = DpopKey(keys)

        val first = claims(key.proof("POST", "https://realm/token"))
        val second = claims(key.proof("GET", "https://api/things", "access"))

        assertThat(first.keySet()).containsExactlyInAnyOrder("jti", "htm", "htu", "iat")
        assertThat(second.getString("htm")).isEqualTo("GET")
        assertThat(second.getString("htu")).isEqualTo("https://api/things")
        assertThat(second.getString("ath")).isEqualTo(base64url(sha256("access")))
        assertThat(second.getString("jti")).isNotEqualTo(first.getString("jti"))
    }

    @Test
    fun keyIsNamedByItsPublicHalfAlone() {
        val header = part(DpopKey(keys).proof("POST", "https://realm/token"), 0)

        val jwk = header.getJSONObject("jwk")
        assertThat(jwk.keySet()).containsExactlyInAnyOrder("kty", "crv", "x", "y")
        assertThat(BigInteger(1, Base64.getUrlDecoder().decode(jwk.getString("x"))))
            .isEqualTo((keys.public as java.security.interfaces.ECPublicKey).w.affineX)
        assertThat(Base64.getUrlDecoder().decode(jwk.getString("x"))).hasSize(32)
        assertThat(header.getString("typ")).isEqualTo("dpop+jwt")
    }

    @Test
    fun everyTryHasAProofOfItsOwn() {
        FakeRealm().use { realm ->
            realm.refuses(503, "temporarily_unavailable", "server_busy", "Retry-After" to "0").signsIn()

            runBlocking { realm.client(dpop = DpopKey(keys)).exchange("google", Subject.AccessToken("t")) }

            val proofs = realm.asked.map { claims(it.headers.getValue("dpop")).getString("jti") }
            assertThat(proofs).hasSize(2).doesNotHaveDuplicates()
        }
    }

    @Test
    fun otherKeysAreRefused() {
        val rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair()

        assertThatThrownBy { DpopKey(rsa) }.hasMessage("a key pair of the curve P-256")
    }

    private fun claims(proof: String) = part(proof, 1)

    private fun part(proof: String, index: Int) =
        JSONObject(Base64.getUrlDecoder().decode(proof.split(".")[index]).decodeToString())
}
