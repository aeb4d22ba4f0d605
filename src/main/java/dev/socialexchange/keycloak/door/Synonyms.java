package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;

/**
 * What apps say that were made for another exchange and are out: Keycloak's first one, the Apple extension of Klaus Betz for it, and Auth0's native
 * social login. Only names are translated; what stands behind them is proven as ever.
 */
public final class Synonyms {
    private static final String APPLE_CODE = "apple-authz-code";
    private static final String AUTH0_APPLE_CODE = "http://auth0.com/oauth/token-type/apple-authz-code";
    private static final String AUTH0_FACEBOOK = "http://auth0.com/oauth/token-type/facebook-info-session-access-token";

    private static final Map<String, TokenKind> TYPES = Map.of(
            APPLE_CODE, TokenKind.AUTHORIZATION_CODE,
            AUTH0_APPLE_CODE, TokenKind.AUTHORIZATION_CODE,
            AUTH0_FACEBOOK, TokenKind.ACCESS_TOKEN);

    /** Theirs and ours: what Apple tells a front end about the person, which nobody signs. */
    private static final String USER_PROFILE = "user_profile";

    private static final String USER = "user";
    private static final String NOTHING = "null";

    private Synonyms() {}

    /**
     * @param form is left as it is
     * @param sent the names of all parameters that were sent: what Keycloak has dropped is not what was left out
     * @return the same in our words
     */
    public static MultivaluedMap<String, String> resolve(
            MultivaluedMap<String, String> form, Set<String> sent, KeycloakSession session) {
        return resolve(form, sent, alias -> untyped(session, alias));
    }

    /** Of a provider that is not open nothing is told by it. */
    private static TokenKind untyped(KeycloakSession session, String alias) {
        return ExchangeIdentityProviders.open(session, alias)
                .map(ExchangeIdentityProvider::descriptor)
                .map(Synonyms::untyped)
                .orElse(TokenKind.ACCESS_TOKEN);
    }

    /**
     * @param untyped what a subject token is that comes without its type, by the alias
     * @return the same in our words
     */
    static MultivaluedMap<String, String> resolve(
            MultivaluedMap<String, String> form, Set<String> sent, Function<String, TokenKind> untyped) {
        MultivaluedMap<String, String> resolved = new MultivaluedHashMap<>(form);
        String type = form.getFirst(OAuth2Constants.SUBJECT_TOKEN_TYPE);
        String alias = form.getFirst(OAuth2Constants.SUBJECT_ISSUER);
        TokenKind kind = null;
        boolean dropped = type == null && sent.contains(OAuth2Constants.SUBJECT_TOKEN_TYPE);
        if (!dropped && (type == null || type.isBlank())) {
            kind = alias == null ? TokenKind.ACCESS_TOKEN : untyped.apply(alias);
        } else if (type != null && TYPES.containsKey(type)) {
            kind = TYPES.get(type);
        }
        if (kind != null) {
            resolved.putSingle(OAuth2Constants.SUBJECT_TOKEN_TYPE, SubmissionParameters.type(kind));
        }
        resolveUser(resolved, AUTH0_FACEBOOK.equals(type));
        return resolved;
    }

    /** @param worthless what it says stands in the provider's own profile */
    private static void resolveUser(MultivaluedMap<String, String> form, boolean worthless) {
        String profile = form.getFirst(USER_PROFILE);
        boolean takesUser = SubmissionParameters.type(TokenKind.AUTHORIZATION_CODE)
                        .equals(form.getFirst(OAuth2Constants.SUBJECT_TOKEN_TYPE))
                || SubmissionParameters.type(TokenKind.ID_TOKEN)
                        .equals(form.getFirst(OAuth2Constants.SUBJECT_TOKEN_TYPE));
        if (profile == null || worthless || !takesUser) {
            return;
        }
        form.remove(USER_PROFILE);
        if (profile.isBlank() || profile.equals(NOTHING)) {
            return;
        }
        if (form.containsKey(USER)) {
            throw SubmissionParameters.invalid("user and user_profile are the same");
        }
        form.putSingle(USER, profile);
    }

    /** An access token, as Keycloak's first exchange took it; but of a provider whose access tokens tell nothing (Apple), a code. */
    static TokenKind untyped(Descriptor descriptor) {
        return descriptor.accessToken().isEmpty()
                        && descriptor.authorizationCode().isPresent()
                ? TokenKind.AUTHORIZATION_CODE
                : TokenKind.ACCESS_TOKEN;
    }
}
