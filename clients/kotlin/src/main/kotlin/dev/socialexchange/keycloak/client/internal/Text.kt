package dev.socialexchange.keycloak.client.internal

import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64

/** 256 bits, in characters that a URL, a form and PKCE take as they are. */
internal fun unguessable(): String = base64url(ByteArray(32).also(SecureRandom()::nextBytes))

internal fun base64url(bytes: ByteArray): String = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)

internal fun sha256(text: String): ByteArray = MessageDigest.getInstance("SHA-256").digest(text.toByteArray())
