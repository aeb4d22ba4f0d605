package dev.socialexchange.keycloak.client

import dev.socialexchange.keycloak.client.internal.base64url
import dev.socialexchange.keycloak.client.internal.sha256
import dev.socialexchange.keycloak.client.internal.unguessable
import java.math.BigInteger
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec
import java.time.Instant
import org.json.JSONObject

/**
 * Binds tokens to a key of this device (RFC 9449): who takes a token has nothing without the key. The refresh token is
 * bound as well, so a key pair has to live as long as that: on Android, one of the `AndroidKeyStore`, which never gives
 * away the private key.
 *
 * @param keys of the curve P-256
 */
public class DpopKey(private val keys: KeyPair) {
    private val jwk: JSONObject

    init {
        val key = keys.public
        require(key is ECPublicKey && key.params.order.bitLength() == 256) { "a key pair of the curve P-256" }
        jwk =
            JSONObject(
                mapOf(
                    "kty" to "EC",
                    "crv" to "P-256",
                    "x" to base64url(fixed(key.w.affineX)),
                    "y" to base64url(fixed(key.w.affineY)),
                )
            )
    }

    /**
     * The header `DPoP` of one request, which a server takes once.
     *
     * @param url without query and fragment
     * @param accessToken that the request is made with, in `Authorization: DPoP …`; null for a token request
     */
    public fun proof(method: String, url: String, accessToken: String? = null): String {
        val header = JSONObject(mapOf("typ" to "dpop+jwt", "alg" to "ES256", "jwk" to jwk))
        val claims =
            JSONObject(mapOf("jti" to unguessable(), "htm" to method, "htu" to url, "iat" to Instant.now().epochSecond))
        accessToken?.let { claims.put("ath", base64url(sha256(it))) }
        val signed = part(header) + "." + part(claims)
        val signature =
            Signature.getInstance("SHA256withECDSA").run {
                initSign(keys.private)
                update(signed.toByteArray())
                sign()
            }
        return signed + "." + base64url(plain(signature))
    }

    public companion object {
        /** A key pair in memory, which is gone with the process. */
        public fun generate(): DpopKey =
            DpopKey(
                KeyPairGenerator.getInstance("EC").run {
                    initialize(ECGenParameterSpec("secp256r1"))
                    generateKeyPair()
                }
            )
    }
}

private fun part(json: JSONObject) = base64url(json.toString().toByteArray())

/** From the DER of Java's signatures, two integers, to the 64 bytes of a JWS (RFC 7518 §3.4). */
private fun plain(der: ByteArray): ByteArray {
    val length = der[3].toInt()
    val first = der.copyOfRange(4, 4 + length)
    val second = der.copyOfRange(6 + length, der.size)
    return fixed(BigInteger(first)) + fixed(BigInteger(second))
}

private fun fixed(number: BigInteger): ByteArray {
    val bytes = number.toByteArray()
    return if (bytes.size > 32) bytes.copyOfRange(bytes.size - 32, bytes.size) else ByteArray(32 - bytes.size) + bytes
}
