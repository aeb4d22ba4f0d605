package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.IdentityPointers;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.Evidence;
import java.util.Optional;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;

/** Reads a brokered identity where a descriptor's pointers say that it stands. */
record DescribedIdentity(OAuth2IdentityProviderConfig config, IdentityPointers pointers) {
    /** Context data: the names are nobody's word but the person's own. */
    private static final String INTRODUCED = "SOCIAL_EXCHANGE_INTRODUCED";

    /** Context data: the id of a transfer to another team, as the provider has signed it. */
    static final String MOVED = "SOCIAL_EXCHANGE_MOVED";

    static Optional<String> movedId(BrokeredIdentityContext identity) {
        return Optional.ofNullable(identity.getContextData().get(MOVED)).map(Object::toString);
    }

    /** Names that nobody signed are for a new account: those of a known one stay, whatever the sync mode. */
    static void leaveNames(KeycloakSession session, BrokeredIdentityContext identity) {
        if (hasUnsignedNames(identity) && FormerId.isKnown(session, identity)) {
            identity.setFirstName(null);
            identity.setLastName(null);
        }
    }

    private static boolean hasUnsignedNames(BrokeredIdentityContext identity) {
        return identity.getContextData().containsKey(INTRODUCED);
    }

    BrokeredIdentityContext of(Evidence evidence) {
        JsonNode document = evidence.document();
        BrokeredIdentityContext identity = new BrokeredIdentityContext(config);
        identity.setId(pointers.subject(document).orElseThrow(this::nobody));
        identity.setLegacyId(pointers.id()
                .former()
                .name(document)
                .filter(former -> !former.equals(identity.getId()))
                .orElse(null));
        pointers.id().moved().name(document).ifPresent(moved -> identity.getContextData()
                .put(MOVED, moved));
        identity.setEmail(pointers.mail().address().name(document).orElse(null));
        identity.setUsername(pointers.username()
                .place()
                .name(document)
                .or(() -> usernameElsewhere(evidence))
                .or(() -> pointers.mail().address().name(document))
                .orElseGet(() -> username(identity.getId())));
        setNames(identity, evidence);
        AbstractJsonUserAttributeMapper.storeUserProfileForMapper(identity, document, config.getAlias());
        return identity;
    }

    private Optional<String> usernameElsewhere(Evidence evidence) {
        return pointers.username()
                .document()
                .map(evidence.further()::get)
                .flatMap(pointers.username().place()::name);
    }

    private void setNames(BrokeredIdentityContext identity, Evidence evidence) {
        JsonNode document = evidence.document();
        Optional<String> givenName = pointers.names().given().name(document);
        Optional<String> familyName = pointers.names().family().name(document);
        if (evidence instanceof Evidence.WithUnsignedNames named) {
            givenName = givenName.or(() -> Optional.ofNullable(named.givenName()));
            familyName = familyName.or(() -> Optional.ofNullable(named.familyName()));
            identity.getContextData().put(INTRODUCED, "true");
        }
        if (givenName.isEmpty() && familyName.isEmpty()) {
            BrokeredIdentities.setFullName(
                    identity, pointers.names().whole().name(document).orElse(null));
        } else {
            identity.setFirstName(givenName.orElse(null));
            identity.setLastName(familyName.orElse(null));
        }
    }

    /** Not an outage: another token of the same kind will lack it as well. */
    private ExchangeException nobody() {
        return ExchangeException.refuse(
                ExchangeError.TOKEN_INVALID,
                "The token does not say who this is"
                        + pointers.id()
                                .scope()
                                .map(scope -> ": it needs the scope " + scope)
                                .orElse(""),
                "subject_missing");
    }

    /** An id in the characters that Keycloak's user profile (26.7) accepts in a username. */
    private static String username(String id) {
        return id.replaceAll("[^\\p{L}\\p{N}@._-]", "-");
    }
}
