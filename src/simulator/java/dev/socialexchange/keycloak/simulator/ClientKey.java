package dev.socialexchange.keycloak.simulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** The key with which an app signs its own client secret: Apple's way. */
final class ClientKey {
    private static final Duration LONGEST_LIFE = Duration.ofDays(180);

    private final ECKey key;

    ClientKey() {
        try {
            key = new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As in the file that Apple hands out, but in one line and without the lines around it. */
    String p8() {
        try {
            return Base64.getEncoder().encodeToString(key.toECPrivateKey().getEncoded());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The client that a token request comes from. */
    String authenticate(DataProvider provider, Request request) {
        String client = request.form().getOrDefault("client_id", "");
        if (provider.secret(client) == null || client.equals(Provider.FOREIGN_CLIENT)) {
            throw OAuthFailure.invalidClient("unknown client");
        }
        ProviderData data = provider.data();
        verify(
                request.form().get("client_secret"),
                client,
                data.settings().get("teamId"),
                data.settings().get("keyId"),
                data.idToken().issuer());
        return client;
    }

    /** @throws OAuthFailure unless the secret is a JWT of this key's, by this team, for this client and audience */
    private void verify(String secret, String client, String teamId, String keyId, String audience) {
        try {
            SignedJWT jwt = SignedJWT.parse(String.valueOf(secret));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Instant now = Instant.now();
            Date latest = Date.from(now.plus(LONGEST_LIFE));
            boolean good = jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
                    && keyId.equals(jwt.getHeader().getKeyID())
                    && jwt.verify(new ECDSAVerifier(key.toECPublicKey()))
                    && teamId.equals(claims.getIssuer())
                    && client.equals(claims.getSubject())
                    && List.of(audience).equals(claims.getAudience())
                    && claims.getIssueTime() != null
                    && claims.getExpirationTime() != null
                    && claims.getExpirationTime().after(Date.from(now))
                    && claims.getExpirationTime().before(latest);
            if (!good) {
                throw OAuthFailure.invalidClient("invalid client secret");
            }
        } catch (ParseException | JOSEException e) {
            throw OAuthFailure.invalidClient("malformed client secret");
        }
    }
}
