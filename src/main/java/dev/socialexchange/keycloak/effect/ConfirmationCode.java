package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.proof.SealingKeys;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.keycloak.common.util.SecretGenerator;

/**
 * What a request to be forgotten goes by: letters and digits, of which half are a number that nobody guesses, and half show that it
 * was given out here. So a code says that there was a request also when nothing is left of whoever made it.
 */
record ConfirmationCode(String text) {
    private static final int RANDOM_BYTES = 16;
    private static final int RANDOM_DIGITS = 2 * RANDOM_BYTES;
    private static final int SEAL_DIGITS = 32;
    private static final String PURPOSE = "social-exchange:deletion:";

    static ConfirmationCode issue(String realmId, SealingKeys keys) {
        String random = HexFormat.of().formatHex(SecretGenerator.getInstance().randomBytes(RANDOM_BYTES));
        return new ConfirmationCode(random + seal(realmId, random, keys.active()));
    }

    /** Whether it was given out in this realm, with one of its keys. */
    boolean isGenuine(String realmId, SealingKeys keys) {
        return text.matches("[0-9a-f]{" + (RANDOM_DIGITS + SEAL_DIGITS) + "}")
                && keys.all().stream()
                        .anyMatch(key -> Digests.same(
                                seal(realmId, text.substring(0, RANDOM_DIGITS), key), text.substring(RANDOM_DIGITS)));
    }

    private static String seal(String realmId, String random, byte[] key) {
        byte[] seal = Digests.hmacSha256(key, (PURPOSE + realmId + ':' + random).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(seal).substring(0, SEAL_DIGITS);
    }
}
