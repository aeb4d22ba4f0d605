package dev.socialexchange.keycloak.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateAuthorityTest {
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";

    private final CertificateAuthority authority = new CertificateAuthority();

    @Test
    void vouchesForAHostAsAServerAndForNothingElse() throws GeneralSecurityException {
        X509Certificate[] chain = authority.chain("api.example.com");

        X509Certificate host = chain[0];
        host.verify(chain[1].getPublicKey());
        host.checkValidity();
        assertThat(host.getVersion()).isEqualTo(3);
        assertThat(host.getSubjectX500Principal().getName()).isEqualTo("CN=api.example.com");
        assertThat(host.getIssuerX500Principal()).isEqualTo(chain[1].getSubjectX500Principal());
        assertThat(host.getSubjectAlternativeNames()).containsExactly(List.of(2, "api.example.com"));
        assertThat(host.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(host.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(host.getKeyUsage()).containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(host.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    }

    @Test
    void isAnAuthorityThatNamesItsOwnKey() throws GeneralSecurityException {
        X509Certificate[] chain = authority.chain("api.example.com");

        X509Certificate own = chain[1];
        own.verify(own.getPublicKey());
        assertThat(own.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(own.getKeyUsage()).containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(own.getSubjectAlternativeNames()).isNull();
        String key = hex(own.getExtensionValue(SUBJECT_KEY)).substring("04160414".length());
        assertThat(key).hasSize(40);
        assertThat(hex(chain[0].getExtensionValue(AUTHORITY_KEY))).endsWith(key);
        assertThat(hex(chain[0].getExtensionValue(SUBJECT_KEY))).doesNotEndWith(key);
    }

    @Test
    void hasKeysOfItsOwnEachTime() {
        X509Certificate host = authority.chain("api.example.com")[0];
        X509Certificate another = new CertificateAuthority().chain("api.example.com")[1];

        assertThat(another.getPublicKey()).isNotEqualTo(authority.chain("api.example.com")[1].getPublicKey());
        assertThatThrownBy(() -> host.verify(another.getPublicKey())).isInstanceOf(SignatureException.class);
    }

    /** Values of X.690 §8.19 and RFC 5758, and arcs at each number of bytes. */
    @ParameterizedTest
    @CsvSource({
        "2.5.29.15, 0603551d0f",
        "1.2.840.10045.4.3.2, 06082a8648ce3d040302",
        "1.2.0.127.128.16383.16384, 060a2a007f8100ff7f818000"
    })
    void writesIdentifiers(String dotted, String encoded) {
        assertThat(hex(Der.identifier(dotted))).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource({"0, 0400", "127, 047f", "128, 048180", "255, 0481ff", "256, 04820100", "65536, 0483010000"})
    void writesLengths(int length, String head) {
        assertThat(hex(Der.octets(new byte[length]))).startsWith(head).hasSize(head.length() + 2 * length);
    }

    @Test
    void writesNumbersThatStayPositive() {
        assertThat(hex(Der.integer(BigInteger.valueOf(128)))).isEqualTo("02020080");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
