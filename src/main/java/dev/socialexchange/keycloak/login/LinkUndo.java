package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.page.ForeignAccount;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkToken;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.JsonWebToken;

/**
 * Undoes one link, for whoever reads the mail about it: the URL there is signed by the realm, so that any node knows it and
 * nothing is kept until it is used. It is good for this link only, while that still leads to the same external account, and once.
 */
public final class LinkUndo {
    /** Somebody may be on holiday while an account of theirs is linked. */
    static final Duration LIFESPAN = Duration.ofDays(7);

    private static final String TYPE = "social-exchange-unlink";
    private static final String SUBJECT = "external_id";
    private static final String ACCOUNT = "account";
    private static final String KEY = "social-exchange:unlink:";

    /** Of events. */
    static final String REASON = "undone_by_mail";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final JsonWebToken token;
    private final UserModel user;
    private final FederatedIdentityModel link;

    private LinkUndo(KeycloakSession session, JsonWebToken token, UserModel user, FederatedIdentityModel link) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.token = token;
        this.user = user;
        this.link = link;
    }

    /** The URL of the page that asks, and then undoes it. */
    static String address(
            KeycloakSession session, UserModel user, FederatedIdentityModel link, ForeignAccount account) {
        JsonWebToken token = LinkToken.about(user, link.getIdentityProvider(), TYPE, LIFESPAN);
        token.setOtherClaims(SUBJECT, hash(link));
        token.setOtherClaims(ACCOUNT, account.toNote());
        return LinkToken.address(session, "unlink", token);
    }

    /** Empty if the text is no such URL's, too old, or used, or if there is no such link any more. */
    public static Optional<LinkUndo> of(KeycloakSession session, String text) {
        return LinkToken.read(session, TYPE, text)
                .filter(token -> !session.singleUseObjects().contains(used(token)))
                .flatMap(token -> of(session, token));
    }

    private static Optional<LinkUndo> of(KeycloakSession session, JsonWebToken token) {
        RealmModel realm = session.getContext().getRealm();
        return Optional.ofNullable(session.users().getUserById(realm, token.getSubject()))
                .flatMap(user -> Optional.ofNullable(
                                session.users().getFederatedIdentity(realm, user, token.getIssuedFor()))
                        .filter(link -> hash(link).equals(token.getOtherClaims().get(SUBJECT)))
                        .map(link -> new LinkUndo(session, token, user, link)));
    }

    public String alias() {
        return link.getIdentityProvider();
    }

    /** As the mail has named it. */
    public ForeignAccount account() {
        return ForeignAccount.ofNote(token.getOtherClaims().get(ACCOUNT).toString());
    }

    /** Removes the link, and ends what has come through it or is about to: a request to be forgotten as well. */
    public void run(EventBuilder event) {
        String alias = alias();
        SignalWatch.endOnceMore(session, user.getId(), (own, owner) -> endSessions(own, owner, alias));
        DisownedRequests.close(session, user, new ExternalAccount(alias, link.getUserId()));
        session.users().removeFederatedIdentity(realm, user, alias);
        endSessions(session, user, alias);
        int loginLifespan = Math.max(realm.getAccessCodeLifespanLogin(), realm.getAccessCodeLifespanUserAction());
        session.singleUseObjects().put(undone(realm, user, alias()), loginLifespan, Map.of());
        session.singleUseObjects().put(used(token), LIFESPAN.toSeconds(), Map.of());
        event.user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(Details.IDENTITY_PROVIDER, alias())
                .detail(Details.IDENTITY_PROVIDER_USERNAME, link.getUserName())
                .detail(Details.REASON, REASON)
                .success();
    }

    private static void endSessions(KeycloakSession session, UserModel owner, String alias) {
        new LinkSessions(session, owner).endOf(alias, Long.MAX_VALUE);
    }

    /** Whether a session comes of a login that was waiting on a page while its link was undone. */
    public static boolean precedes(KeycloakSession session, UserSessionModel userSession) {
        String alias = userSession.getNote(Details.IDENTITY_PROVIDER);
        RealmModel realm = session.getContext().getRealm();
        UserModel user = userSession.getUser();
        return alias != null
                && session.users().getFederatedIdentity(realm, user, alias) == null
                && session.singleUseObjects().contains(undone(realm, user, alias));
    }

    private static String undone(RealmModel realm, UserModel user, String alias) {
        return KEY + Digests.sha256Hex(realm.getId() + '\n' + user.getId() + '\n' + alias);
    }

    private static String used(JsonWebToken token) {
        return KEY + Digests.sha256Hex(token.getId());
    }

    private static String hash(FederatedIdentityModel link) {
        return Digests.sha256Base64Url(link.getUserId());
    }
}
