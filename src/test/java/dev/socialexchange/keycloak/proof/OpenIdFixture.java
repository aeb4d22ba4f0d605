package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.HashMap;
import java.util.Map;

/** An OpenID provider at {@code issuer.example}, of the type {@code oidc}, for {@code our-app}. */
final class OpenIdFixture {
    static final String ISSUER = "https://issuer.example";
    static final String USER_INFO = ISSUER + "/me";
    static final String TOKEN = ISSUER + "/token";
    static final String INTROSPECTION = ISSUER + "/introspect";
    static final Issuer SIGNER = new Issuer(ISSUER, "k1");
    /** Of the same name, with a key that nobody has published. */
    static final Issuer HIDDEN = new Issuer(ISSUER, "hidden");

    private OpenIdFixture() {}

    static OfflineKeycloak keycloak() {
        return new OfflineKeycloak().knowing(SIGNER).answering(ISSUER + "/jwks", 200, "{\"keys\":[]}"); // no others
    }

    /** @param settings more, or other, or empty ones */
    static OfflineProvider provider(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "clientId",
                "our-app",
                "clientSecret",
                "secret",
                "issuer",
                ISSUER,
                "useJwksUrl",
                "true",
                "jwksUrl",
                ISSUER + "/jwks",
                "tokenUrl",
                TOKEN,
                "userInfoUrl",
                USER_INFO));
        all.putAll(settings);
        return OfflineProvider.openId(all);
    }

    /** An answer of the token endpoint. */
    static String tokens(String idToken, String accessToken) {
        return "{\"access_token\":\"" + accessToken + "\",\"id_token\":\"" + idToken + "\"}";
    }
}
