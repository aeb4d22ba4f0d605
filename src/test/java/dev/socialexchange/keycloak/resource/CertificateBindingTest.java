package dev.socialexchange.keycloak.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.function.BiFunction;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.x509.X509ClientCertificateLookup;

/** Whoever has only the token has nothing, where it is bound to a certificate. */
class CertificateBindingTest {
    private static X509Certificate own;
    private static X509Certificate thiefs;

    @BeforeAll
    static void makeCertificates() throws Exception {
        own = certificate();
        thiefs = certificate();
    }

    private static X509Certificate certificate() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X500Principal name = new X500Principal("CN=app");
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(Instant.EPOCH),
                                Date.from(Instant.now().plusSeconds(3600)),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                CertificateBindingTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(method.getName(), arguments)));
    }

    /** @param bound whether the client's tokens have to be */
    private static boolean isKept(boolean bound, AccessToken token, X509Certificate... connection) {
        ClientModel client = fake(
                ClientModel.class,
                (method, arguments) ->
                        bound && "tls.client.certificate.bound.access.tokens".equals(arguments[0]) ? "true" : null);
        X509ClientCertificateLookup lookup = fake(X509ClientCertificateLookup.class, (method, arguments) -> connection);
        KeycloakSession session = fake(
                KeycloakSession.class,
                (method, arguments) ->
                        method.equals("getContext") ? fake(KeycloakContext.class, (asked, of) -> null) : lookup);
        return CertificateBinding.isKept(session, token, client);
    }

    private static AccessToken token() {
        return new AccessToken();
    }

    private static AccessToken bound() throws Exception {
        AccessToken.Confirmation confirmation = new AccessToken.Confirmation();
        confirmation.setCertThumbprint(Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(own.getEncoded())));
        AccessToken token = token();
        token.setConfirmation(confirmation);
        return token;
    }

    @Test
    void aBoundTokenCountsOverAConnectionWithItsCertificateAlone() throws Exception {
        assertThat(isKept(true, bound(), own)).isTrue();
        assertThat(isKept(true, bound(), thiefs)).isFalse();
        assertThat(isKept(true, bound())).isFalse();
    }

    /** Its client's setting may have changed since. */
    @Test
    void aBoundTokenIsOneWhateverItsClientSaysByNow() throws Exception {
        assertThat(isKept(false, bound(), own)).isTrue();
        assertThat(isKept(false, bound())).isFalse();
    }

    @Test
    void aTokenThatIsBoundToNoCertificateCountsOnlyWhereItNeedsNone() {
        AccessToken ofAKey = token();
        ofAKey.setConfirmation(new AccessToken.Confirmation());
        ofAKey.getConfirmation().setKeyThumbprint("of a DPoP key");

        assertThat(isKept(true, token(), own)).isFalse();
        assertThat(isKept(true, ofAKey, own)).isFalse();
        assertThat(isKept(false, token())).isTrue();
        assertThat(isKept(false, ofAKey)).isTrue();
    }
}
