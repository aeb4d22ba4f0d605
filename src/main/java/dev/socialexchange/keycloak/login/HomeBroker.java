package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Mirrors;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.organization.utils.Organizations;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether an organisation's own provider is the only way into an account. What Keycloak's admin and account APIs (26.7) ask before
 * they link anything is asked wherever a link is made here: an account of another provider would still open when the person has
 * left the organisation.
 */
@Mirrors(
        type = "org.keycloak.services.resources.account.LinkedAccountsResource",
        methods = {"buildLinkedAccountURI", "removeLinkedAccount"})
public final class HomeBroker {
    /** What the event says, and an import. */
    public static final String DETAIL = "managed_by_organization";

    /** What people read. */
    public static final String MESSAGE = "socialExchange-interaction-managed";

    private static final String NOTE = "SOCIAL_EXCHANGE_MANAGED";

    private HomeBroker() {}

    /** Whether an organisation manages this user, so that nobody links anything to them but by its provider. */
    static boolean manages(KeycloakSession session, UserModel user) {
        return !Organizations.resolveHomeBroker(session, user).isEmpty();
    }

    public static boolean forbids(KeycloakSession session, UserModel user, String alias) {
        List<IdentityProviderModel> homes = Organizations.resolveHomeBroker(session, user);
        return !homes.isEmpty()
                && homes.stream().map(IdentityProviderModel::getAlias).noneMatch(alias::equals);
    }

    /** In an exchange, where a step asks for a browser: that would lead the person to a refusal. */
    public static void note(AuthenticationFlowContext context, BrokeredIdentityContext identity) {
        if (ExistingUser.of(context)
                .filter(user -> forbids(
                        context.getSession(), user, identity.getIdpConfig().getAlias()))
                .isPresent()) {
            context.getAuthenticationSession().setAuthNote(NOTE, "true");
        }
    }

    static boolean isNoted(AuthenticationSessionModel authSession) {
        return authSession.getAuthNote(NOTE) != null;
    }

    static ExchangeException refusal() {
        return ExchangeException.refuse(
                ExchangeError.LINKING_NOT_ALLOWED, "Accounts of this provider cannot be linked to this user", DETAIL);
    }
}
