package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.Pbkdf2PasswordHashProvider;
import org.keycloak.crypto.hash.Argon2PasswordHashProvider;

/** Hashes that were made elsewhere, verified by Keycloak's own code. */
class PasswordHashTest {

    @BeforeAll
    static void initializeCryptography() {
        CryptoIntegration.init(PasswordHashTest.class.getClassLoader());
    }

    /** The first four of the reference implementation of Argon2 (test.c); the others made by Python's hashlib in the form of each package. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password|$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password|argon2$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password|$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
                "password|$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ",
                "Grüße, Zoë|pbkdf2_sha256$1000$s4ltS4lt$Nr6TVFII2oD61Xhw2/fDQVWkch/UDeV3sq4ju5uMPL0=",
                "Grüße, Zoë|pbkdf2_sha1$1000$s4ltS4lt$1JA53gT8/Cj4UmHc/Gi5eUSV+8A=",
                "Grüße, Zoë|$pbkdf2-sha256$1000$8PHy8/T19vf4.fr7/P3./w$GlDTjp.yBg6IKQQousfGUKCfPmmVj6yRz5HxDZk46sA",
                "Grüße, Zoë|$pbkdf2-sha512$1000$8PHy8/T19vf4.fr7/P3./w$yCNm0D/AECN2NkzTALd32cr/TNRF6cRtHpZ1O1fmZTgh6pllHVYVarvzHjhmrE.ITvNyunrw4cnkSuFEYAaaFg",
                "Grüße, Zoë|pbkdf2:sha256:1000$s4ltS4lt$36be93545208da80fad57870dbf7c34155a4721fd40de577b2ae23bb9b8c3cbd",
                "Grüße, Zoë|pbkdf2:sha512:1000$s4ltS4lt$ae8dfcc6d8bf560d59d5a0d0cf23314b35ffd36ee63f78bdecebbdef30a7e8c28255c4ef5802f3ac14bcdd2e7b52434f695d8c03be92ab6b93eaf7c54c545ed5"
            })
    void thePasswordOpensAndNoOtherDoes(String password, String stored) {
        PasswordHash hash = PasswordHash.of(stored).orElseThrow();

        assertThat(verifier(hash).verify(password, hash.credential())).isTrue();
        assertThat(verifier(hash).verify(password + "1", hash.credential())).isFalse();
        assertThat(hash.toString()).doesNotContain(hash.value());
    }

    /** Bcrypt and scrypt Keycloak cannot verify; what is out of bounds would cost every login with it more than a server has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                "scrypt$16384$salt$8$5$aGFzaGhhc2hoYXNoaGFzaA==",
                "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99",
                "pbkdf2_sha256$99999999$saltsalt$aGFzaGhhc2hoYXNoaGFzaA==",
                "pbkdf2_sha256$0$saltsalt$aGFzaGhhc2hoYXNoaGFzaA==",
                "pbkdf2_sha256$1000$saltsalt$aGFzaA==",
                "pbkdf2_sha256$1000$s$aGFzaGhhc2hoYXNoaGFzaA==",
                "pbkdf2_sha256$1000$saltsalt$====",
                "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=200,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=2,p=64$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=2,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void whatCannotOrShouldNotBeVerifiedIsLeft(String stored) {
        assertThat(PasswordHash.of(stored)).isEmpty();
    }

    private static PasswordHashProvider verifier(PasswordHash hash) {
        return switch (hash.algorithm()) {
            case "argon2" -> new Argon2PasswordHashProvider("1.3", "id", 32, 7168, 5, 1, new Semaphore(1));
            case "pbkdf2" -> new Pbkdf2PasswordHashProvider("pbkdf2", "PBKDF2WithHmacSHA1", 1, 0);
            case "pbkdf2-sha256" -> new Pbkdf2PasswordHashProvider("pbkdf2-sha256", "PBKDF2WithHmacSHA256", 1, 0);
            case "pbkdf2-sha512" -> new Pbkdf2PasswordHashProvider("pbkdf2-sha512", "PBKDF2WithHmacSHA512", 1, 0);
            default -> throw new AssertionError(hash.algorithm());
        };
    }
}
