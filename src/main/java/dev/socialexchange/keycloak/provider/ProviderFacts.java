package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.Booleans;
import org.keycloak.util.JsonSerialization;

/**
 * What a provider has said about a person, for steps of a flow to decide by: the same facts after an exchange and after a
 * browser login. Nothing is known of identities from provider types that are not ours.
 */
public final class ProviderFacts {
    /** Context data of a browser login: the provider's list of addresses, where it is a document beside the profile. */
    public static final String EMAILS = "SOCIAL_EXCHANGE_EMAILS";

    private final BrokeredIdentityContext identity;
    private final ExchangeIdentityProvider provider;

    private ProviderFacts(BrokeredIdentityContext identity, ExchangeIdentityProvider provider) {
        this.identity = identity;
        this.provider = provider;
    }

    public static ProviderFacts of(BrokeredIdentityContext identity) {
        return new ProviderFacts(
                identity, identity.getIdp() instanceof ExchangeIdentityProvider exchanging ? exchanging : null);
    }

    /** The identity's address, if the realm trusts the provider's e-mail and the provider vouches for this very address. */
    public Optional<String> trustedEmail() {
        if (provider == null || !Booleans.isTrue(identity.getIdpConfig().isTrustEmail())) {
            return Optional.empty();
        }
        boolean vouched = BrokeredIdentities.vouch(identity).orElseGet(this::vouchedInBrowser);
        return vouched ? Optional.of(identity.getEmail()) : Optional.empty();
    }

    /** The document that Keycloak's own login took the address from, and the list of addresses if there is one. */
    private boolean vouchedInBrowser() {
        Map<String, JsonNode> further = identity.getContextData().get(EMAILS) instanceof JsonNode emails
                ? provider.descriptor()
                        .identity()
                        .emails()
                        .map(list -> Map.of(list.document(), emails))
                        .orElse(Map.of())
                : Map.of();
        return documents()
                .findFirst()
                .map(found -> found.ofIdToken() ? found : Evidence.Profile.of(found.document(), further))
                .map(found -> VouchedEmail.of(provider, found, identity.getEmail()))
                .filter(email -> email.vouched() && email.address().equalsIgnoreCase(identity.getEmail()))
                .isPresent();
    }

    /** The organisation that the account belongs to at the provider: Google Workspace's domain, a tenant. */
    public Set<String> hostedDomains() {
        return provider == null
                ? Set.of()
                : documents()
                        .flatMap(found -> found.placesIn(provider.descriptor())
                                .mail()
                                .hostedDomain()
                                .texts(found.document()))
                        .collect(Collectors.toSet());
    }

    /** The values at a place in the profile or the id token; of a list each element, of a missing or false one none. */
    public Set<String> values(JsonPointer place) {
        return documents()
                .map(found -> found.document().at(place))
                .flatMap(node -> node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node))
                .filter(node -> node.isTextual() || node.isNumber() || node.isBoolean() && node.booleanValue())
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank())
                .collect(Collectors.toSet());
    }

    /** The profile first, as Keycloak's own login does: where there is one, the address comes from it. */
    private Stream<Evidence> documents() {
        if (provider == null) {
            return Stream.empty();
        }
        Map<String, Object> data = identity.getContextData();
        Evidence profile = data.get(AbstractJsonUserAttributeMapper.CONTEXT_JSON_NODE) instanceof JsonNode stored
                ? evidence(stored, data.get(BrokeredIdentities.OF_ID_TOKEN))
                : null;
        Evidence idToken = data.get(OIDCIdentityProvider.VALIDATED_ID_TOKEN) instanceof JsonWebToken token
                ? new Evidence.IdTokenClaims(JsonSerialization.mapper.valueToTree(token))
                : null;
        return Stream.of(profile, idToken).filter(Objects::nonNull);
    }

    private static Evidence evidence(JsonNode document, Object ofIdToken) {
        return "true".equals(ofIdToken)
                ? new Evidence.IdTokenClaims(document)
                : Evidence.Profile.of(document, Map.of());
    }
}
