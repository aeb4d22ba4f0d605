package dev.socialexchange.keycloak.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** bcrypt's, as PHP, Django and WordPress spell them. */
final class BcryptHashes {
    /** There is none below. */
    private static final int MIN_COST = 4;

    private static final int MAX_COST = 14;

    /**
     * {@code $2b$12$…}; Django writes its own word before it, WordPress a mark. The last letters of salt and hash have bits that mean nothing: BouncyCastle (1.81) writes them as zero, and compares
     * what it has written.
     */
    private static final Pattern BCRYPT = Pattern.compile(
            "(bcrypt\\$|bcrypt_sha256\\$|\\$wp)?(\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26])");

    private BcryptHashes() {}

    static Optional<PasswordHash> of(String stored) {
        Matcher hash = BCRYPT.matcher(stored);
        if (!hash.matches() || cost(hash) < MIN_COST || cost(hash) > MAX_COST) {
            return Optional.empty();
        }
        Map<String, List<String>> parameters = new HashMap<>();
        if ("bcrypt_sha256$".equals(hash.group(1))) {
            parameters.put(BcryptHash.DIGEST, ForeignHash.one(BcryptHash.SHA256_HEX));
        } else if ("$wp".equals(hash.group(1))) {
            parameters.put(BcryptHash.DIGEST, ForeignHash.one(BcryptHash.WORDPRESS));
        }
        return Optional.of(new PasswordHash(BcryptHash.ID, cost(hash), new byte[0], parameters, hash.group(2)));
    }

    private static int cost(Matcher hash) {
        return Integer.parseInt(hash.group(3));
    }
}
