package dev.socialexchange.keycloak.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;

/**
 * A file as {@code firebase auth:export people.json} writes it (firebase-tools, {@code src/accountExporter.ts}), of people who do not exist: everybody has an account at Google, every other
 * one at Facebook as well, and every fifth a password.
 */
final class FirebaseExport {
    private static final long GOOGLE = 104_200_000_000_000_000L;
    private static final long FACEBOOK = 10_220_000_000_000_000L;
    private static final int EACH_WITH_PASSWORD = 5;
    private static final int KEY_BYTES = 64;
    private static final int SALT_BYTES = 10;
    private static final long SEED = 1;

    private FirebaseExport() {}

    /** @return the number of accounts at providers */
    static int write(Path file, int people) throws IOException {
        Random chance = new Random(SEED);
        int accounts = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("{\"users\": [");
            for (int number = 0; number < people; number++) {
                boolean two = number % 2 == 0;
                accounts += two ? 2 : 1;
                out.write(number == 0 ? "\n" : ",\n");
                out.write(user(number, two, number % EACH_WITH_PASSWORD == 0 ? password(chance) : ""));
            }
            out.write("\n]}\n");
        }
        return accounts;
    }

    private static String user(int number, boolean two, String password) {
        String mail = "mira" + number + "@import.example";
        return ("{\"localId\":\"k3Vq%024d\",\"email\":\"%s\",\"emailVerified\":true,%s\"displayName\":\"Mira Kern%d\","
                        + "\"lastSignedInAt\":\"1719000000000\",\"createdAt\":\"1688000000000\",\"providerUserInfo\":[%s%s]}")
                .formatted(
                        number,
                        mail,
                        password,
                        number,
                        account("google.com", Long.toString(GOOGLE + number), mail),
                        two ? "," + account("facebook.com", Long.toString(FACEBOOK + number), mail) : "");
    }

    private static String account(String provider, String id, String mail) {
        return "{\"providerId\":\"%s\",\"rawId\":\"%s\",\"email\":\"%s\"}".formatted(provider, id, mail);
    }

    private static String password(Random chance) {
        return "\"passwordHash\":\"%s\",\"salt\":\"%s\","
                .formatted(random(chance, KEY_BYTES), random(chance, SALT_BYTES));
    }

    private static String random(Random chance, int length) {
        byte[] bytes = new byte[length];
        chance.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
