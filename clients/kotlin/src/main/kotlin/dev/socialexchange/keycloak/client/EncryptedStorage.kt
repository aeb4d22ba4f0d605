package dev.socialexchange.keycloak.client

import java.security.GeneralSecurityException
import java.util.Base64
import javax.crypto.Cipher
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** Where texts are kept that are of no use to whoever reads them: on Android, the app's preferences. */
public interface TextStore {
    public fun read(name: String): String?

    /** @param value null takes it away */
    public fun write(name: String, value: String?)
}

/**
 * Encrypts what it keeps, by AES-GCM, each text under its own name. What cannot be decrypted, such as after the key was
 * lost with the device's lock screen, is as if it were not there: the person signs in again.
 *
 * @param key of AES; on Android one of the `AndroidKeyStore`, which never gives it away
 */
public class EncryptedStorage(private val key: SecretKey, private val store: TextStore) : SecureStorage {

    override suspend fun read(name: String): String? = store.read(name)?.let { decrypted(name, it) }

    override suspend fun write(name: String, value: String?): Unit =
        store.write(name, value?.let { encrypted(name, it) })

    /** The cipher chooses the nonce: the Android key store takes no other. */
    private fun encrypted(name: String, value: String): String {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.ENCRYPT_MODE, key)
        cipher.updateAAD(name.toByteArray())
        val sealed = cipher.doFinal(value.toByteArray())
        return Base64.getEncoder().encodeToString(cipher.iv + sealed)
    }

    private fun decrypted(name: String, kept: String): String? =
        try {
            val bytes = Base64.getDecoder().decode(kept)
            val cipher = Cipher.getInstance(CIPHER)
            cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES))
            cipher.updateAAD(name.toByteArray())
            cipher.doFinal(bytes, NONCE_BYTES, bytes.size - NONCE_BYTES).decodeToString()
        } catch (e: GeneralSecurityException) {
            null
        } catch (e: IllegalArgumentException) {
            null
        }
}

private const val CIPHER = "AES/GCM/NoPadding"
private const val NONCE_BYTES = 12
private const val TAG_BITS = 128
