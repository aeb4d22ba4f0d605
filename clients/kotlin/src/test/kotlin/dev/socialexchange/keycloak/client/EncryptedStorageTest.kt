package dev.socialexchange.keycloak.client

import javax.crypto.KeyGenerator
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

class EncryptedStorageTest {
    private val kept = mutableMapOf<String, String?>()
    private val store =
        object : TextStore {
            override fun read(name: String) = kept[name]

            override fun write(name: String, value: String?) {
                kept[name] = value
            }
        }
    private val storage = EncryptedStorage(newKey(), store)

    @Test
    fun whatIsWrittenIsReadAndCannotBeSeen() {
        write("refresh_token", "SECRET")

        assertThat(read("refresh_token")).isEqualTo("SECRET")
        assertThat(kept["refresh_token"]).doesNotContain("SECRET")
    }

    @Test
    fun sameTextLooksDifferentEachTime() {
        write("refresh_token", "SECRET")
        val first = kept["refresh_token"]
        write("refresh_token", "SECRET")

        assertThat(kept["refresh_token"]).isNotEqualTo(first)
    }

    @Test
    fun whatIsTakenAwayIsGone() {
        write("login", "SECRET")
        write("login", null)

        assertThat(read("login")).isNull()
        assertThat(kept["login"]).isNull()
    }

    @Test
    fun anotherKeyOpensNothing() {
        write("refresh_token", "SECRET")

        assertThat(runBlocking { EncryptedStorage(newKey(), store).read("refresh_token") }).isNull()
    }

    @Test
    fun textUnderAnotherNameIsNotTaken() {
        write("login", "SECRET")
        kept["refresh_token"] = kept["login"]

        assertThat(read("refresh_token")).isNull()
    }

    @ParameterizedTest
    @ValueSource(strings = ["", "not base64!", "c2hvcnQ=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
    fun whatIsNoneOfOursIsNotTaken(text: String) {
        kept["refresh_token"] = text

        assertThat(read("refresh_token")).isNull()
    }

    private fun read(name: String) = runBlocking { storage.read(name) }

    private fun write(name: String, value: String?) = runBlocking { storage.write(name, value) }

    private fun newKey() = KeyGenerator.getInstance("AES").apply { init(256) }.generateKey()
}
