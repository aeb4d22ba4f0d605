package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.login.SignedIn;
import jakarta.ws.rs.NotAuthorizedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The user whose access token came with a request, under the conditions of Keycloak's account API (26.7).
 *
 * @param client that the token was issued to
 */
record BearerUser(
        KeycloakSession session, UserModel user, UserSessionModel userSession, AccessToken token, ClientModel client) {

    /** Empty without a token that is good now. A DPoP-bound one needs its proof, one that is bound to a certificate the connection with that. */
    static Optional<BearerUser> of(KeycloakSession session) {
        return of(session, new AppAuthManager.BearerTokenAuthenticator(session));
    }

    /** The same, of a token that came in another place than the header. */
    static Optional<BearerUser> of(KeycloakSession session, String token) {
        return of(session, new AppAuthManager.BearerTokenAuthenticator(session).setTokenString(token));
    }

    private static Optional<BearerUser> of(
            KeycloakSession session, AppAuthManager.BearerTokenAuthenticator authenticator) {
        AuthenticationManager.AuthResult result;
        try {
            result = authenticator.authenticate();
        } catch (NotAuthorizedException malformed) {
            return Optional.empty();
        }
        return Optional.ofNullable(result)
                .filter(found -> CertificateBinding.isKept(session, found.token(), found.client()))
                .map(found -> new BearerUser(session, found.user(), found.session(), found.token(), found.client()));
    }

    /** Audience and role, as Keycloak demands them for linking; an admin who acts as the user is not the user. */
    void requireMayLink() {
        if (userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null) {
            throw ExchangeException.because(ExchangeError.LINKING_NOT_ALLOWED, "impersonated");
        }
        AccessToken full = full();
        AccessToken.Access account = full.getResourceAccess(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        boolean role = account != null
                && (account.isUserInRole(AccountRoles.MANAGE_ACCOUNT)
                        || account.isUserInRole(AccountRoles.MANAGE_ACCOUNT_LINKS));
        if (!role || !full.hasAudience(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)) {
            throw ExchangeException.refuse(ExchangeError.ROLE_MISSING);
        }
    }

    /** A lightweight token says what it may only when asked. */
    private AccessToken full() {
        if (token.getAudience() != null && token.getResourceAccess(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID) != null) {
            return token;
        }
        AccessTokenIntrospectionProvider<?> introspection = (AccessTokenIntrospectionProvider<?>) session.getProvider(
                TokenIntrospectionProvider.class, AccessTokenIntrospectionProviderFactory.ACCESS_TOKEN_TYPE);
        return introspection.transformAccessToken(token, userSession);
    }

    /** A token is no younger than it says, whatever session it tells of. */
    SignedIn signedIn() {
        if (token.getSessionId() == null || token.getIat() == null) {
            return SignedIn.UNKNOWN;
        }
        SignedIn opened = SignedIn.by(session, userSession);
        return new SignedIn(opened.alias(), opened.account(), Math.min(opened.since(), token.getIat()));
    }

    /** @param maxAge of the login; zero for any */
    void requireRecentLogin(Duration maxAge) {
        if (!maxAge.isZero() && Instant.now().getEpochSecond() - loggedInAt() > maxAge.toSeconds()) {
            throw ExchangeException.refuse(
                    ExchangeError.LOGIN_TOO_OLD,
                    "Linking needs a login of the last " + maxAge.toSeconds() + " seconds: sign in again (max_age)");
        }
    }

    /**
     * Logins without a browser leave no note: their session began with them. A token without a session does not tell when its
     * user signed in (Keycloak makes up a session that begins with the request), and so was long ago.
     */
    private long loggedInAt() {
        if (token.getSessionId() == null) {
            return 0;
        }
        String noted = userSession.getNote(AuthenticationManager.AUTH_TIME);
        return noted == null ? userSession.getStarted() : Long.parseLong(noted);
    }
}
