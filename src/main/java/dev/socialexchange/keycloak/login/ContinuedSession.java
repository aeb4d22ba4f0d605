package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.page.ForeignAccount;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Marks a browser's login as one that goes on from a link: whoever sits at this browser may not be whoever owns the account.
 * Steps that lead to a link ask and tell more there.
 */
public final class ContinuedSession {
    /** Of the client: a flow that starts over keeps these, and forgets its own. */
    private static final String NOTE = "SOCIAL_EXCHANGE_CONTINUED";

    private ContinuedSession() {}

    public static void mark(
            AuthenticationSessionModel authSession, String alias, String subject, ForeignAccount shown) {
        authSession.setClientNote(NOTE, key(alias, subject) + '\n' + shown.toNote());
    }

    public static boolean is(AuthenticationSessionModel authSession) {
        return authSession.getClientNote(NOTE) != null;
    }

    /** As it was shown when the link was opened, whatever was edited since; or another account, if that came in between. */
    public static ForeignAccount account(AuthenticationSessionModel authSession, BrokeredIdentityContext identity) {
        return account(authSession, identity.getIdpConfig().getAlias(), identity.getId())
                .orElseGet(() -> ForeignAccount.of(identity));
    }

    /** Empty for any other account than the link's. */
    public static Optional<ForeignAccount> account(
            AuthenticationSessionModel authSession, String alias, String subject) {
        String key = key(alias, subject) + '\n';
        return Optional.ofNullable(authSession.getClientNote(NOTE))
                .filter(note -> note.startsWith(key))
                .map(note -> ForeignAccount.ofNote(note.substring(key.length())));
    }

    /**
     * The identity of one of our types as Keycloak's own mails and pages may name it. They also compare the name from one
     * request to the next: it comes out the same each time.
     */
    public static BrokeredIdentityContext named(AuthenticationFlowContext context, BrokeredIdentityContext identity) {
        if (identity.getIdp() instanceof ExchangeIdentityProvider) {
            identity.setUsername(
                    account(context.getAuthenticationSession(), identity).name());
        }
        return identity;
    }

    /** Neither has a line break in it. */
    private static String key(String alias, String subject) {
        return alias + '\n' + subject;
    }
}
