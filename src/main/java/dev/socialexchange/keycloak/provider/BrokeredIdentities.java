package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Mirrors;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.representations.JsonWebToken;

/**
 * Completes a brokered identity: the e-mail address with the provider's word for it, an external id that proofs can be
 * bound to, a username that is never blank, and nothing that the database could not hold.
 */
public final class BrokeredIdentities {
    /**
     * Context data: the address that the provider vouches for under its trust rule, or blank. The address and not a flag,
     * since a mapper may replace the identity's own by one that nobody has vouched for.
     */
    static final String EMAIL_VOUCHED = "SOCIAL_EXCHANGE_EMAIL_VOUCHED";

    /** Context data: the document that mappers find is an id token's claims. */
    static final String OF_ID_TOKEN = "SOCIAL_EXCHANGE_OF_ID_TOKEN";

    /** Context data: when the oldest of what counts by itself was issued, in seconds since the epoch. */
    static final String ISSUED_AT = "SOCIAL_EXCHANGE_ISSUED_AT";

    private BrokeredIdentities() {}

    /** A new context each time: it belongs to the session of {@code provider}. */
    public static BrokeredIdentityContext of(ExchangeIdentityProvider provider, Evidence evidence) {
        // before Keycloak's classes look at it, some of which fail
        subject(provider, evidence).ifPresent(ExternalAccount::requireUsable);
        BrokeredIdentityContext identity = provider.extract(evidence);
        String alias = provider.getConfig().getAlias();
        VouchedEmail email = VouchedEmail.of(provider, evidence, identity.getEmail());
        identity.setEmail(DatabaseText.isName(email.address()) ? email.address() : null);
        String vouched = email.vouched() && identity.getEmail() != null ? identity.getEmail() : "";
        identity.getContextData().put(EMAIL_VOUCHED, vouched);
        identity.getContextData().put(OF_ID_TOKEN, String.valueOf(evidence.ofIdToken()));
        evidence.issuedAt().ifPresent(issued -> identity.getContextData().put(ISSUED_AT, String.valueOf(issued)));
        identity.setIdp(provider.asKeycloakProvider());
        if (identity.getBrokerUserId() == null) {
            // GitHub and Facebook leave it out; without it an e-mail proof would fit any external account
            // (CVE-2026-82968)
            identity.setBrokerUserId(alias + "." + identity.getId());
        }
        requireStorable(identity);
        return identity;
    }

    /**
     * Leaves nothing that the database could not hold, also after mappers have written to the identity. What somebody is only
     * called is left out, so that nobody is locked out by it; nothing is ever cut off, which would make one of two.
     *
     * @throws ExchangeException if the id, or the provider's session, cannot be held
     */
    public static void requireStorable(BrokeredIdentityContext identity) {
        ExternalAccount account = ExternalAccount.of(identity);
        if (!DatabaseText.isName(identity.getUsername())) {
            identity.setUsername(
                    DatabaseText.isName(account.alias() + "." + account.id())
                            ? account.alias() + "." + account.id()
                            : account.id());
        }
        dropUnlessStorable(identity.getEmail(), identity::setEmail);
        dropUnlessStorable(identity.getFirstName(), identity::setFirstName);
        dropUnlessStorable(identity.getLastName(), identity::setLastName);
        if (identity.getBrokerSessionId() != null && !DatabaseText.isBrokerSession(identity.getBrokerSessionId())) {
            // without it the provider could not end the session
            throw ExchangeException.because(ExchangeError.TOKEN_INVALID, "session_id_not_storable");
        }
    }

    private static Optional<String> subject(ExchangeIdentityProvider provider, Evidence evidence) {
        return evidence.ofIdToken()
                ? provider.subjectOfIdToken(evidence.document())
                : provider.subject(evidence.document());
    }

    /** Whether the identity is an id token's alone, of a provider that would say more in a profile. */
    public static boolean profileUnread(BrokeredIdentityContext identity) {
        return "true".equals(identity.getContextData().get(OF_ID_TOKEN))
                && identity.getIdp() instanceof ExchangeIdentityProvider provider
                && provider.descriptor().opensProfile();
    }

    /** Of an identity that is kept for later: from now on, what says who it is has a time. */
    public static void noteTime(BrokeredIdentityContext identity) {
        if (issuedAt(identity).isEmpty()) {
            identity.getContextData().put(ISSUED_AT, String.valueOf(ProvenAt.now()));
        }
    }

    /**
     * When the oldest of what counts by itself was issued, in seconds since the epoch: an id token, an access token that nobody has asked the provider about, or signed data. 0
     * if it does not say so, since then nobody knows that it is younger than anything; empty if the provider has just been asked.
     */
    public static Optional<Long> issuedAt(BrokeredIdentityContext identity) {
        Object known = identity.getContextData().get(ISSUED_AT);
        if (known != null) {
            return Optional.of(Long.valueOf(known.toString()));
        }
        return identity.getContextData().get(OIDCIdentityProvider.VALIDATED_ID_TOKEN) instanceof JsonWebToken token
                ? Optional.of(Objects.requireNonNullElse(token.getIat(), 0L))
                : Optional.empty();
    }

    public static boolean emailVouched(BrokeredIdentityContext identity) {
        return vouch(identity).orElse(false);
    }

    /** Empty if the identity came by browser, where Keycloak's own rule applies. */
    public static Optional<Boolean> vouch(BrokeredIdentityContext identity) {
        return Optional.ofNullable(identity.getContextData().get(EMAIL_VOUCHED))
                .map(vouched ->
                        !vouched.toString().isBlank() && vouched.toString().equalsIgnoreCase(identity.getEmail()));
    }

    /** One name in two fields, split as Keycloak (26.7) splits it: the last word is the family name. */
    @Mirrors(type = "org.keycloak.broker.provider.BrokeredIdentityContext", methods = "setName")
    public static void setFullName(BrokeredIdentityContext identity, String name) {
        if (name == null) {
            return;
        }
        int lastSpace = name.lastIndexOf(' ');
        identity.setFirstName(lastSpace < 0 ? name : name.substring(0, lastSpace));
        if (lastSpace >= 0) {
            identity.setLastName(name.substring(lastSpace + 1));
        }
    }

    private static void dropUnlessStorable(String value, Consumer<String> setter) {
        if (value != null && !value.isEmpty() && !DatabaseText.isName(value)) {
            setter.accept(null);
        }
    }

    /** The domain of an address, in lower case. */
    static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
