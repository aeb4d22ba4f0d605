package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.JsonWebToken;

/**
 * A link that lets nobody in, for the pages by which its person gets back in: their addresses are signed by the realm, so that nothing is kept
 * until one is used. Each is good for one suspension only.
 *
 * @param step which page
 * @param mailbox whether the user's mailbox proves more than the account that is suspended
 */
public record SuspendedLink(Step step, UserModel user, ExternalAccount account, boolean mailbox) {
    private static final String TYPE = "social-exchange-suspended";
    private static final String STEP = "step";
    private static final String SINCE = "since";
    private static final String MAILBOX = "mailbox";

    /** Whoever has the suspended account sees the first page, and whoever reads the user's mail the second one. */
    public enum Step {
        ASK(Duration.ofMinutes(10)),
        RESUME(Duration.ofHours(1));

        private final Duration lifespan;

        Step(Duration lifespan) {
            this.lifespan = lifespan;
        }

        public Duration lifespan() {
            return lifespan;
        }
    }

    /** Of a browser login that has ended at it. */
    public static SuspendedLink of(
            KeycloakSession session, UserModel user, ExternalAccount account, BrokeredIdentityContext identity) {
        boolean smtp = !session.getContext().getRealm().getSmtpConfig().isEmpty();
        boolean arrives = smtp && user.isEmailVerified() && user.getEmail() != null && !StoppedMail.is(user);
        boolean mailbox = arrives && !isOfProvider(user, identity);
        return new SuspendedLink(Step.ASK, user, account, mailbox);
    }

    private static boolean isOfProvider(UserModel user, BrokeredIdentityContext identity) {
        return !(identity.getIdp() instanceof ExchangeIdentityProvider provider)
                || deliversMail(
                        provider, user.getEmail(), ProviderFacts.of(identity).hostedDomains());
    }

    /**
     * Whoever has taken over an account reads the mail that its provider delivers, or says where the provider forwards it to; where nobody knows who delivers it, it may be the
     * provider.
     */
    public static boolean deliversMail(ExchangeIdentityProvider provider, String address, Set<String> hostedDomains) {
        Descriptor.Vouching vouching = provider.descriptor().vouching();
        boolean elsewhere =
                vouching.mailElsewhere() || provider.settings().signals().mailElsewhere();
        String domain = BrokeredIdentities.domain(address);
        return !elsewhere
                || vouching.authoritativeDomains().contains(domain)
                || vouching.relayDomains().contains(domain)
                || !hostedDomains.isEmpty();
    }

    /** Where whoever has this account's mail goes on. */
    public SuspendedLink mailed() {
        return new SuspendedLink(Step.RESUME, user, account, true);
    }

    /** The URL of its page. */
    public String address(KeycloakSession session) {
        JsonWebToken token = LinkToken.about(user, account.alias(), TYPE, step.lifespan);
        token.setOtherClaims(STEP, step.name());
        token.setOtherClaims(SINCE, since());
        token.setOtherClaims(MAILBOX, String.valueOf(mailbox));
        return LinkToken.address(session, "suspended", token);
    }

    private String since() {
        return String.valueOf(LinkMark.of(user, account).suspended());
    }

    /** Empty if the text is no such URL's, too old, or about a link that is not suspended, or not since then. */
    public static Optional<SuspendedLink> read(KeycloakSession session, String text) {
        return LinkToken.read(session, TYPE, text).flatMap(token -> of(session, token));
    }

    private static Optional<SuspendedLink> of(KeycloakSession session, JsonWebToken token) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, token.getSubject());
        FederatedIdentityModel link =
                user == null ? null : session.users().getFederatedIdentity(realm, user, token.getIssuedFor());
        if (link == null) {
            return Optional.empty();
        }
        SuspendedLink suspended = new SuspendedLink(
                Step.valueOf(token.getOtherClaims().get(STEP).toString()),
                user,
                new ExternalAccount(token.getIssuedFor(), link.getUserId()),
                Boolean.parseBoolean(token.getOtherClaims().get(MAILBOX).toString()));
        return Optional.of(suspended)
                .filter(found -> LinkMark.of(user, found.account).isSuspended())
                .filter(found -> found.since().equals(token.getOtherClaims().get(SINCE)));
    }

    /** A record would print the person's data. */
    @Override
    public String toString() {
        return account.toString();
    }
}
