package dev.socialexchange.keycloak.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** bcrypt's, as PHP, Django and WordPress spell them. */
final class BcryptHashes {
    private static final int MAX_COST = 14;

    /** {@code $2b$12$…}; Django writes its own word before it, WordPress a mark. */
    private static final Pattern BCRYPT =
            Pattern.compile("(bcrypt\\$|bcrypt_sha256\\$|\\$wp)?(\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53})");

    private BcryptHashes() {}

    static Optional<PasswordHash> of(String stored) {
        Matcher hash = BCRYPT.matcher(stored);
        if (!hash.matches() || Integer.parseInt(hash.group(3)) > MAX_COST) {
            return Optional.empty();
        }
        Map<String, List<String>> parameters = new HashMap<>();
        if ("bcrypt_sha256$".equals(hash.group(1))) {
            parameters.put(BcryptHash.DIGEST, ForeignHash.one(BcryptHash.SHA256_HEX));
        } else if ("$wp".equals(hash.group(1))) {
            parameters.put(BcryptHash.DIGEST, ForeignHash.one(BcryptHash.WORDPRESS));
        }
        return Optional.of(new PasswordHash(
                BcryptHash.ID, Integer.parseInt(hash.group(3)), new byte[0], parameters, hash.group(2)));
    }
}
