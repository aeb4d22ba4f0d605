package com.example.api;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Which of the JWTs that the realm has signed are access tokens for this API. */
@Configuration
class RealmTokens {

    /** RS256 is what a realm signs with unless that was changed; what a token says of its algorithm decides nothing. */
    @Bean
    JwtDecoder decoder(Realm realm) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withJwkSetUri(realm.keys()).validateType(false).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                new JwtTimestampValidator(),
                new JwtIssuerValidator(realm.issuer().toString()),
                // a realm signs id tokens and others with the same keys
                only("typ", jwt -> "Bearer".equals(jwt.getClaimAsString("typ"))),
                only("exp", jwt -> jwt.getExpiresAt() != null),
                only("aud", jwt -> jwt.getAudience() != null && jwt.getAudience().contains(realm.audience())),
                only("azp", jwt -> realm.clients().isEmpty()
                        || realm.clients().contains(String.valueOf(jwt.getClaimAsString("azp")))),
                // bound to a key or a certificate of the client's, of which nobody here asks for proof (RFC 9449 §7.1)
                only("cnf", jwt -> !jwt.hasClaim("cnf")))));
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> only(String claim, Predicate<Jwt> good) {
        OAuth2Error error = new OAuth2Error("invalid_token", "The token is not for this API: " + claim, null);
        return jwt ->
                good.test(jwt) ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(error);
    }

    /** @return the roles that the token has of this API itself, and of the realm */
    static Map<String, List<String>> roles(Jwt jwt, String audience) {
        Map<String, Object> clients = jwt.getClaimAsMap("resource_access");
        return Map.of(
                "ROLE_", rolesIn(clients == null ? null : clients.get(audience)),
                "REALM_", rolesIn(jwt.getClaim("realm_access")));
    }

    private static List<String> rolesIn(Object access) {
        return access instanceof Map<?, ?> map && map.get("roles") instanceof List<?> roles
                ? roles.stream().map(String::valueOf).toList()
                : List.of();
    }
}
