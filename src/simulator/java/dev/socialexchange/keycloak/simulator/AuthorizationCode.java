package dev.socialexchange.keycloak.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * What stands behind a code.
 *
 * @param redirectUri empty if the authorization request had none
 * @param challenge S256, or null
 * @param nonce null if the authorization request had none
 */
record AuthorizationCode(
        String clientId, Person person, Set<String> scopes, String redirectUri, String challenge, String nonce) {

    boolean provenBy(String verifier) {
        if (challenge == null) {
            return verifier == null;
        }
        return verifier != null && challenge.equals(challengeOf(verifier));
    }

    private static String challengeOf(String verifier) {
        byte[] digest = Digests.sha256(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
