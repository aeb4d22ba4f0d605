package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.JsonSerialization;

/** Hands evidence to Keycloak's OpenID Connect provider in the shapes that its own login produces. */
final class OidcEvidence {
    /** Keycloak casts these to String without looking. */
    private static final List<String> TEXT_CLAIMS = List.of(
            IDToken.NAME,
            IDToken.GIVEN_NAME,
            IDToken.FAMILY_NAME,
            IDToken.PREFERRED_USERNAME,
            IDToken.EMAIL,
            IDToken.SESSION_ID);

    private OidcEvidence() {}

    /** The protected methods of {@link OIDCIdentityProvider} that an exchange needs. */
    interface Extraction {
        BrokeredIdentityContext fromIdToken(JsonWebToken idToken) throws IOException;

        BrokeredIdentityContext fromProfile(JsonNode profile);
    }

    static BrokeredIdentityContext extract(IdentityProviderModel config, Evidence evidence, Extraction extraction) {
        requireClaim(config, evidence.document());
        BrokeredIdentityContext identity = identity(config, evidence, extraction);
        // OIDCIdentityProvider.authenticationFinished (26.7) reads it without asking whether it is there
        identity.getContextData().put(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE, new AccessTokenResponse());
        return identity;
    }

    private static BrokeredIdentityContext identity(
            IdentityProviderModel config, Evidence evidence, Extraction extraction) {
        try {
            if (evidence instanceof Evidence.IdTokenClaims) {
                BrokeredIdentityContext identity = extraction.fromIdToken(token(evidence.document()));
                AbstractJsonUserAttributeMapper.storeUserProfileForMapper(
                        identity, evidence.document(), config.getAlias());
                return identity;
            }
            BrokeredIdentityContext identity = extraction.fromProfile(evidence.document());
            if (evidence instanceof Evidence.Profile profile) {
                putToken(identity, OIDCIdentityProvider.VALIDATED_ACCESS_TOKEN, profile.accessTokenClaims());
                putToken(identity, OIDCIdentityProvider.VALIDATED_ID_TOKEN, profile.idTokenClaims());
            }
            return identity;
        } catch (IOException unreadable) {
            throw ExchangeException.refuse(
                    ExchangeError.TOKEN_INVALID, "The token's claims cannot be read", "claims_unreadable");
        }
    }

    /** For the claim mappers. */
    private static void putToken(BrokeredIdentityContext identity, String key, JsonNode claims) throws IOException {
        if (claims != null) {
            identity.getContextData().put(key, token(claims));
        }
    }

    private static JsonWebToken token(JsonNode claims) throws IOException {
        ObjectNode readable = claims.deepCopy();
        TEXT_CLAIMS.stream()
                .filter(claim -> readable.has(claim) && !readable.get(claim).isTextual())
                .forEach(readable::remove);
        return JsonSerialization.mapper.treeToValue(readable, JsonWebToken.class);
    }

    /** The console's "Verify essential claim", as {@link OIDCIdentityProvider#getFederatedIdentity} applies it. */
    private static void requireClaim(IdentityProviderModel config, JsonNode document) {
        if (!config.isFilteredByClaims()) {
            return;
        }
        JsonNode claim = document.path(Objects.requireNonNullElse(config.getClaimFilterName(), ""));
        Stream<JsonNode> values = claim.isArray() ? StreamSupport.stream(claim.spliterator(), false) : Stream.of(claim);
        String filter = Objects.requireNonNullElse(config.getClaimFilterValue(), "");
        if (claim.isMissingNode() || values.noneMatch(value -> value.asText().matches(filter))) {
            throw ExchangeException.refuse(
                    ExchangeError.CLAIM_NOT_ALLOWED, "The account lacks a claim that this realm requires");
        }
    }
}
