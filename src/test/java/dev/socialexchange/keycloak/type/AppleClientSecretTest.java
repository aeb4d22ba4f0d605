package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppleClientSecretTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_900_000_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----%s-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY----- %s -----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----"
            })
    void signsWithTheKeyHoweverItsLinesAreBroken(String shape) throws JOSEException, ParseException {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        String p8 = shape.formatted(base64(key.toECPrivateKey().getEncoded()));

        SignedJWT jwt = SignedJWT.parse(
                new AppleClientSecret(p8, "ABCDE12345", "KEY9876543").sign("com.example.shop.web", NOW));

        assertThat(jwt.verify(new ECDSAVerifier(key.toECPublicKey()))).isTrue();
        assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(jwt.getHeader().getKeyID()).isEqualTo("KEY9876543");
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("ABCDE12345");
        assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo("com.example.shop.web");
        assertThat(jwt.getJWTClaimsSet().getAudience()).isEqualTo(List.of("https://appleid.apple.com"));
        assertThat(jwt.getJWTClaimsSet().getIssueTime().toInstant()).isEqualTo(NOW);
        assertThat(jwt.getJWTClaimsSet().getExpirationTime().toInstant())
                .isBetween(NOW.plusSeconds(60), NOW.plus(Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"})
    void refusesWhatIsNoKeyWithoutShowingIt(String p8) {
        assertThatThrownBy(() -> new AppleClientSecret(p8, "ABCDE12345", "KEY9876543"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the client secret is not the private key of Apple's .p8 file");
    }

    @Test
    void refusesKeysOfAnotherKind() throws JOSEException, NoSuchAlgorithmException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        String rsaKey = base64(rsa.generateKeyPair().getPrivate().getEncoded());
        String largerCurve = base64(
                new ECKeyGenerator(Curve.P_384).generate().toECPrivateKey().getEncoded());

        assertThatThrownBy(() -> new AppleClientSecret(rsaKey, "ABCDE12345", "KEY9876543"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AppleClientSecret(largerCurve, "ABCDE12345", "KEY9876543"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** As in a file: 64 characters a line. */
    private static String base64(byte[] der) {
        return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    }
}
