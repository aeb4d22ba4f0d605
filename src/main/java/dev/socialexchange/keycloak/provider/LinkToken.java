package dev.socialexchange.keycloak.provider;

import java.time.Duration;
import java.util.Optional;
import org.keycloak.TokenCategory;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.common.util.Time;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.Urls;

/** A token about a user's link to one provider, in the address of a page: the realm has signed it, so that nothing is kept until it is used. */
public final class LinkToken {

    private LinkToken() {}

    /** @param type a constant of its own for each page: no page takes another one's */
    public static JsonWebToken about(UserModel user, String alias, String type, Duration lifespan) {
        long now = Duration.ofMillis(Time.currentTimeMillis()).toSeconds();
        return new JsonWebToken()
                .id(SecretGenerator.getInstance().generateSecureID())
                .type(type)
                .subject(user.getId())
                .issuedFor(alias)
                .iat(now)
                .exp(now + lifespan.toSeconds());
    }

    /** @param page below {@code social-exchange} */
    public static String address(KeycloakSession session, String page, JsonWebToken token) {
        return Urls.realmBase(session.getContext().getUri().getBaseUri())
                .path("{realm}/social-exchange/{page}/{token}")
                .build(
                        session.getContext().getRealm().getName(),
                        page,
                        session.tokens().encode(token))
                .toString();
    }

    /** Empty if the text is no such token of this realm's, or too old. */
    public static Optional<JsonWebToken> read(KeycloakSession session, String type, String text) {
        return Optional.of(text)
                .filter(candidate -> isSealed(session, candidate))
                .map(own -> session.tokens().decode(own, JsonWebToken.class))
                .filter(token -> type.equals(token.getType()))
                .filter(JsonWebToken::isActive);
    }

    /** By the key that no client has: what tokens for clients are signed with might sign claims of somebody's choice. */
    private static boolean isSealed(KeycloakSession session, String text) {
        try {
            String algorithm = String.valueOf(new JWSInput(text).getHeader().getAlgorithm()); // null where it has none
            return algorithm.equals(session.tokens().signatureAlgorithm(TokenCategory.INTERNAL));
        } catch (JWSInputException noToken) {
            return false;
        }
    }
}
