package dev.socialexchange.keycloak.simulator;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;

/** Vouches for any host name, to whoever trusts its certificate (RFC 5280). Lives in memory, for one run. */
final class CertificateAuthority {

    private static final X500Principal NAME = new X500Principal("CN=Social provider simulator, O=For tests only");
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));

    /** The point at the end of an encoded P-256 key. */
    private static final int POINT = 65;

    private final KeyPair keys = newKeyPair();
    private final X509Certificate certificate = sign(NAME, keys.getPublic(), null);
    private final KeyPair hostKeys = newKeyPair();
    private final Map<String, X509Certificate> hosts = new ConcurrentHashMap<>();

    X509Certificate[] chain(String host) {
        X509Certificate leaf =
                hosts.computeIfAbsent(host, name -> sign(new X500Principal("CN=" + name), hostKeys.getPublic(), name));
        return new X509Certificate[] {leaf, certificate};
    }

    /** All hosts share one key. */
    PrivateKey hostKey() {
        return hostKeys.getPrivate();
    }

    String pem() {
        try {
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A host's certificate, or the authority's own if the host is null. */
    private X509Certificate sign(X500Principal subject, PublicKey key, String host) {
        Instant now = Instant.now();
        try {
            byte[] content = Der.sequence(
                    Der.of(0xa0, Der.integer(BigInteger.TWO)), // version 3
                    Der.integer(new BigInteger(64, new SecureRandom())),
                    ECDSA_WITH_SHA256,
                    NAME.getEncoded(),
                    Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(Duration.ofDays(30)))),
                    subject.getEncoded(),
                    key.getEncoded(),
                    Der.of(0xa3, Der.sequence(extensions(key, host))));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] signed = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[][] extensions(PublicKey key, String host) throws GeneralSecurityException {
        byte[] subjectKey = extension("2.5.29.14", false, Der.octets(keyIdentifier(key)));
        byte[] authorityKey =
                extension("2.5.29.35", false, Der.sequence(Der.of(0x80, keyIdentifier(keys.getPublic()))));
        if (host == null) {
            return new byte[][] {
                subjectKey,
                authorityKey,
                extension("2.5.29.19", true, Der.sequence(Der.TRUE)), // an authority
                extension("2.5.29.15", true, Der.bits(1, (byte) 0x06)) // that signs certificates and their revocation
            };
        }
        return new byte[][] {
            subjectKey,
            authorityKey,
            extension("2.5.29.19", true, Der.sequence()), // no authority
            extension("2.5.29.15", true, Der.bits(7, (byte) 0x80)), // signs a handshake
            extension("2.5.29.37", false, Der.sequence(Der.identifier("1.3.6.1.5.5.7.3.1"))), // as a server
            extension("2.5.29.17", false, Der.sequence(Der.of(0x82, host.getBytes(StandardCharsets.US_ASCII))))
        };
    }

    private static byte[] extension(String identifier, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.identifier(identifier), Der.TRUE, Der.octets(value))
                : Der.sequence(Der.identifier(identifier), Der.octets(value));
    }

    private static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
        byte[] encoded = key.getEncoded();
        return MessageDigest.getInstance("SHA-1")
                .digest(Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length));
    }

    private static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
