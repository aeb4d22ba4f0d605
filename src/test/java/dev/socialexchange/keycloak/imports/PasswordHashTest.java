package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.Pbkdf2PasswordHashProvider;
import org.keycloak.crypto.hash.Argon2PasswordHashProvider;

/** Hashes that were made elsewhere, verified by Keycloak's own code. */
class PasswordHashTest {

    /** As the README of Firebase's scrypt has them. */
    private static final FirebaseProject FIREBASE = new FirebaseProject(
            Base64.getDecoder()
                    .decode("jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA=="),
            Base64.getDecoder().decode("Bw=="),
            8,
            14);

    @BeforeAll
    static void initializeCryptography() {
        CryptoIntegration.init(PasswordHashTest.class.getClassLoader());
    }

    /**
     * Of the reference implementation of Argon2 (test.c), crypt_blowfish (wrapper.c), ASP.NET Identity (PasswordHasherTest.cs), and Firebase's own scrypt (its README); the others made by Python's
     * hashlib and crypt in the form of each package.
     */
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
                "Grüße, Zoë|pbkdf2:sha512:1000$s4ltS4lt$ae8dfcc6d8bf560d59d5a0d0cf23314b35ffd36ee63f78bdecebbdef30a7e8c28255c4ef5802f3ac14bcdd2e7b52434f695d8c03be92ab6b93eaf7c54c545ed5",
                "U*U|$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "U*U*U|$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
                "abc123xyz|$2y$10$R9h/cIPz0gi.URNNX3kh2OPvp912/alr.NdCr1wPQpnL0OuW7rcku",
                "Grüße, Zoë|bcrypt$$2b$10$R9h/cIPz0gi.URNNX3kh2OZXyAzn5Cz/1vfnBrpYJHhqJCk4WTBJ6",
                "Grüße, Zoë|bcrypt_sha256$$2b$10$R9h/cIPz0gi.URNNX3kh2OyFaNiQfw/fXeEUj/1LahEf8JTwiba3K",
                "Grüße, Zoë|$wp$2y$10$R9h/cIPz0gi.URNNX3kh2OhM.B0gtuLMz4CBi4DsQ68c8pelp7ydi",
                "Grüße, Zoë|scrypt$16384$s4ltS4lt$8$5$vA4LbGpVg9R3VT2Jl15WJlkFQnxGDH7gJ7pUJlojSFCnX3rizSmWKFoJsHdh3w5/d5B8D4+PQChj7qaILbK2sw==",
                "Grüße, Zoë|scrypt:32768:8:1$s4ltS4lt$32774fe91c4e30404834a55d383bf4b71037fbb3014460181e68941e4c7cdd4448fd4fd307d6bf824e75da7cc0ce78bd67d006b89ec0437aa1d18467655c82f5",
                "Grüße, Zoë|00112233445566778899aabbccddeeff:a3d52be1a0ec0393a3c021768078b9846e68e78418671baac0d7ca7820512063bcaa4eed0a87f636137862f5e3058cdb17c1c9ea2f3579d80c98ac1877148427",
                "my password|AAABAgMEBQYHCAkKCwwNDg+ukCEMDf0yyQ29NYubggHIVY0sdEUfdyeM+E1LtH1uJg==",
                "my password|AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==",
                "my password|AQAAAAIAAAAyAAAAEOMwvh3+FZxqkdMBz2ekgGhwQ4B6pZWND6zgESBuWiHw",
                "my password|AQAAAAIAAAD6AAAAIJbVi5wbMR+htSfFp8fTw8N8GOS/Sje+S/4YZcgBfU7EQuqv4OkVYmc4VJl9AGZzmRTxSkP7LtVi9IWyUxX8IAAfZ8v+ZfhjCcudtC1YERSqE1OEdXLW9VukPuJWBBjLuw==",
                "Grüße, Zoë|salted-pbkdf2-hmac-sha256$24000$MDEyMzQ1Njc4OWFiY2RlZg==$89lJNQ730E4mPSOCm89jSTqJE8+/CRb+uyJ0QgWp664=",
                "Grüße, Zoë|salted-pbkdf2-hmac-sha256-512$24000$MDEyMzQ1Njc4OWFiY2RlZg==$89lJNQ730E4mPSOCm89jSTqJE8+/CRb+uyJ0QgWp667BhiGwLfm37/FVVqD7W4v5H51r+oPpoAi/XC7WrgNZfQ==",
                "user1password|42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="
            })
    void thePasswordOpensAndNoOtherDoes(String password, String stored) {
        PasswordHash hash = PasswordHash.of(stored).orElseThrow();

        assertThat(verifier(hash).verify(password, hash.credential())).isTrue();
        assertThat(verifier(hash).verify(password + "1", hash.credential())).isFalse();
        assertThat(hash.toString()).doesNotContain(hash.value());
    }

    /** What is out of bounds would cost every login with it more than a server has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "$2b$31$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                "$2x$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                "$2b$12$R9h/cIPz0gi.URNNX3kh2",
                "$2b$03$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                "bcrypt$$2b$00$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                "$2b$12$R9h/cIPz0gi.URNNX3kh2PPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUX",
                "scrypt$65536$saltsalt$1$1$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt:131072:1:1$saltsalt$00112233445566778899aabbccddeeff",
                "scrypt$1$saltsalt$8$1$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt$16383$salt$8$5$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt$1048576$salt$8$1$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt$16384$salt$8$99$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt$16384$salt$0$1$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt$16384$salt$8$1$aGFzaA==",
                "scrypt:32768:8:1$salt$abc",
                "00112233:a3d5",
                "42xEC+ixf3L2lw==$c2hvcnQ=",
                "scrypt$65536$saltsalt$8$5$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt$16384$s$8$5$aGFzaGhhc2hoYXNoaGFzaA==",
                "c2E=$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
                "AQAAAAMAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==",
                "AQAAAAEAACcQf////wABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==",
                "AQAAAAF/////AAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==",
                "AQAAAAH/////AAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==",
                "AgAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==",
                "salted-md5$1$c2FsdHNhbHQ=$X03MO1qnZdYdgyfeuILPmQ==",
                "$argon2id$v=19$m=262144,t=16,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99",
                "pbkdf2_sha256$99999999$saltsalt$aGFzaGhhc2hoYXNoaGFzaA==",
                "pbkdf2_sha1$1000000$saltsalt$eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=",
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

    /** Whatever is taken can be verified: the library's own bounds are no narrower than ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2b$04$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                "scrypt$2$saltsalt$1$16$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt$32768$saltsalt$1$1$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt$65536$saltsalt$2$1$aGFzaGhhc2hoYXNoaGFzaA==",
                "scrypt$2$saltsalt$99$16$aGFzaGhhc2hoYXNoaGFzaA==",
                "$argon2id$v=19$m=128,t=1,p=16$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2d$m=8,t=16,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void theLeastOfEachKindIsVerified(String stored) {
        PasswordHash hash = PasswordHash.of(stored).orElseThrow();

        assertThat(verifier(hash).verify("not this one", hash.credential())).isFalse();
    }

    @Test
    void aFirebaseProjectThatNothingCanBeVerifiedByIsNone() {
        assertThatThrownBy(() -> new FirebaseProject(new byte[64], new byte[0], 1, 16))
                .hasMessage("mem-cost below 16 where rounds is 1");
        assertThatThrownBy(() -> new FirebaseProject(new byte[64], new byte[0], 17, 14))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** They are there for what was imported, and nothing new is made like it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "scrypt$16384$s4ltS4lt$8$5$vA4LbGpVg9R3VT2Jl15WJlkFQnxGDH7gJ7pUJlojSFCnX3rizSmWKFoJsHdh3w5/d5B8D4+PQChj7qaILbK2sw==",
                "42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="
            })
    void whatWeVerifyIsReplacedByKeycloaksOwnAtTheNextLogin(String stored) {
        PasswordHash hash = PasswordHash.of(stored).orElseThrow();

        assertThat(verifier(hash).policyCheck(null, hash.credential())).isFalse();
        assertThatThrownBy(() -> verifier(hash).encodedCredential("password", 1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** As supabase/auth's own tests have them (internal/crypto/password_test.go): the key stands in the hash, and has to be the server's. */
    @Test
    void supabasesFirebaseHashesAreVerifiedWhereTheServerHasTheirProjectsKey() {
        String key = "ou9tdYTGyYm8kuR6Dt0Bp0kDuAYoXrK16mbZO4yGwAn3oLspjnN0/c41v8xZnO1n14J3MjKj1b2g6AUCAlFwMw==";
        PasswordHash hash = PasswordHash.of(
                        "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=" + key
                                + "$C0sHCg9ek77hsg==$zKVTMvnWVw5BBOZNUdnsalx4c4c7y/w7IS5p6Ut2+CfEFFlz37J9huyQfov4iizN8dbjvEJlM5tQaJP84+hfTw==")
                .orElseThrow();
        FirebaseHash ofTheProject = new FirebaseHash(
                capacity(),
                new FirebaseProject(
                        Base64.getDecoder().decode(key), Base64.getDecoder().decode("Bw=="), 8, 14));

        assertThat(ofTheProject.knows(hash)).isTrue();
        assertThat(ofTheProject.verify("mytestpassword", hash.credential())).isTrue();
        assertThat(ofTheProject.verify("mytestpassword1", hash.credential())).isFalse();
        assertThat(new FirebaseHash(capacity(), FIREBASE).knows(hash))
                .as("another project's")
                .isFalse();
        assertThat(hash.credential().getCredentialData() + hash.credential().getSecretData())
                .doesNotContain(key);
    }

    private static HashCapacity capacity() {
        return new HashCapacity(HashCapacityFactory.MOST_KILOBYTES, 1, 0);
    }

    private static PasswordHashProvider verifier(PasswordHash hash) {
        return switch (hash.algorithm()) {
            case "argon2" -> new Argon2PasswordHashProvider("1.3", "id", 32, 7168, 5, 1, new Semaphore(1));
            case "pbkdf2" -> new Pbkdf2PasswordHashProvider("pbkdf2", "PBKDF2WithHmacSHA1", 1, 0);
            case "pbkdf2-sha256" -> new Pbkdf2PasswordHashProvider("pbkdf2-sha256", "PBKDF2WithHmacSHA256", 1, 0);
            case "pbkdf2-sha512" -> new Pbkdf2PasswordHashProvider("pbkdf2-sha512", "PBKDF2WithHmacSHA512", 1, 0);
            case BcryptHash.ID -> new BcryptHash(capacity());
            case ScryptHash.ID -> new ScryptHash(capacity());
            case FirebaseHash.ID -> new FirebaseHash(capacity(), FIREBASE);
            default -> throw new AssertionError(hash.algorithm());
        };
    }
}
