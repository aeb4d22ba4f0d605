package dev.socialexchange.keycloak.it.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.socialexchange.keycloak.Digests;
import java.net.URI;
import java.util.Date;
import java.util.UUID;

/** RFC 9449: proofs that somebody has a key. */
public final class DpopKey {

    private DpopKey() {}

    public static ECKey make() throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).generate();
    }

    /** @param accessToken that it goes with, or {@code null} */
    public static String proof(ECKey key, String method, URI uri, String accessToken) throws JOSEException {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .claim("htm", method)
                .claim("htu", uri.toString())
                .issueTime(new Date())
                .jwtID(UUID.randomUUID().toString());
        if (accessToken != null) {
            claims.claim("ath", Digests.sha256Base64Url(accessToken));
        }
        SignedJWT proof = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build(),
                claims.build());
        proof.sign(new ECDSASigner(key));
        return proof.serialize();
    }
}
