package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.provider.Evidence;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
@Mirrors(
        type = "org.keycloak.broker.oidc.OIDCIdentityProvider",
        methods = {"authenticationFinished", "extractIdentity"})
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

    /** Of {@link OIDCIdentityProvider}, where it is protected. */
    interface IdTokenExtraction {
        BrokeredIdentityContext extract(JsonWebToken idToken) throws IOException;
    }

    static BrokeredIdentityContext extract(
            IdentityProviderModel config,
            Evidence evidence,
            IdTokenExtraction fromIdToken,
            Function<JsonNode, BrokeredIdentityContext> fromProfile) {
        requireClaim(config, evidence.document());
        try {
            BrokeredIdentityContext identity = evidence instanceof Evidence.Profile profile
                    ? ofProfile(profile, fromProfile)
                    : ofIdToken(config, evidence, fromIdToken);
            // OIDCIdentityProvider.authenticationFinished (26.7) reads it without asking whether it is there
            identity.getContextData()
                    .put(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE, new AccessTokenResponse());
            return identity;
        } catch (IOException unreadable) {
            throw ExchangeException.refuse(
                    ExchangeError.TOKEN_INVALID, "The token's claims cannot be read", "claims_unreadable");
        }
    }

    private static BrokeredIdentityContext ofIdToken(
            IdentityProviderModel config, Evidence evidence, IdTokenExtraction extraction) throws IOException {
        BrokeredIdentityContext identity = extraction.extract(token(evidence.document()));
        AbstractJsonUserAttributeMapper.storeUserProfileForMapper(identity, evidence.document(), config.getAlias());
        if (evidence instanceof Evidence.IdTokenClaims tokens) {
            putToken(identity, OIDCIdentityProvider.VALIDATED_ACCESS_TOKEN, tokens.accessTokenClaims());
        }
        return identity;
    }

    private static BrokeredIdentityContext ofProfile(
            Evidence.Profile profile, Function<JsonNode, BrokeredIdentityContext> extraction) throws IOException {
        BrokeredIdentityContext identity = extraction.apply(profile.document());
        putToken(identity, OIDCIdentityProvider.VALIDATED_ACCESS_TOKEN, profile.accessTokenClaims());
        putToken(identity, OIDCIdentityProvider.VALIDATED_ID_TOKEN, profile.idTokenClaims());
        return identity;
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
            throw ExchangeException.refuse(ExchangeError.CLAIM_NOT_ALLOWED);
        }
    }
}
