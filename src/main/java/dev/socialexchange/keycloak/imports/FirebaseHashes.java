package dev.socialexchange.keycloak.imports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Firebase's, as the translation writes them, and as Supabase has taken them over. */
final class FirebaseHashes {
    private static final int SIGNER_KEY_BYTES = 64;

    /** {@code salt$hash} as the translation writes it for Firebase. */
    private static final Pattern FIREBASE = Pattern.compile("([A-Za-z0-9+/]+={0,2})\\$([A-Za-z0-9+/]+={0,2})");

    /** {@code $fbscrypt$v=1,n=…,r=…,p=1,ss=…,sk=…$salt$hash} of Supabase (supabase/auth, {@code internal/crypto}), with the project's numbers, separator and key. */
    private static final Pattern SUPABASE = Pattern.compile(
            "\\$fbscrypt\\$v=1,n=(\\d{1,2}),r=(\\d{1,2}),p=1,ss=([A-Za-z0-9+/]*={0,2}),sk=([A-Za-z0-9+/]+={0,2})\\$([A-Za-z0-9+/]+={0,2})\\$([A-Za-z0-9+/]+={0,2})");

    private FirebaseHashes() {}

    static Optional<PasswordHash> of(String stored) {
        return firebase(stored).or(() -> supabase(stored));
    }

    private static Optional<PasswordHash> firebase(String stored) {
        Matcher hash = FIREBASE.matcher(stored);
        return hash.matches() ? firebase(hash.group(1), hash.group(2), Map.of()) : Optional.empty();
    }

    /** Of people whom Supabase has taken over: of the project's numbers and its key no more is kept than whether they are those that the server has. */
    private static Optional<PasswordHash> supabase(String stored) {
        Matcher hash = SUPABASE.matcher(stored);
        if (!hash.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> separator = PasswordHash.base64(hash.group(3));
        Optional<byte[]> key = PasswordHash.base64(hash.group(4));
        if (separator.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        String project = FirebaseProject.digest(
                key.get(), separator.get(), Integer.parseInt(hash.group(2)), Integer.parseInt(hash.group(1)));
        return firebase(hash.group(5), hash.group(6), Map.of(FirebaseHash.PROJECT, ForeignHash.one(project)));
    }

    private static Optional<PasswordHash> firebase(String salt, String value, Map<String, List<String>> parameters) {
        Optional<byte[]> bytes = PasswordHash.base64(salt).filter(PasswordHash::isSalt);
        return PasswordHash.base64(value)
                .filter(hash -> bytes.isPresent() && hash.length == SIGNER_KEY_BYTES)
                .map(hash -> new PasswordHash(FirebaseHash.ID, 1, bytes.get(), parameters, PasswordHash.padded(hash)));
    }
}
