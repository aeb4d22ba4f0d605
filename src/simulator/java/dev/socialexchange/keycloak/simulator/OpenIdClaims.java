package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.Set;

/** The claims of OpenID Connect Core section 5.4 that the scopes open. */
final class OpenIdClaims {

    private OpenIdClaims() {}

    static Map<String, Object> of(Person person, Set<String> scopes) {
        Map<String, Object> claims = Json.object();
        if (scopes.contains("profile")) {
            claims.put("name", person.name());
            claims.put("given_name", person.givenName());
            claims.put("family_name", person.familyName());
            claims.put("picture", "https://pictures.example/" + person.id() + ".png");
        }
        if (scopes.contains("email") && person.email() != null) {
            claims.put("email", person.email());
            claims.put("email_verified", person.emailVerified());
        }
        return claims;
    }
}
