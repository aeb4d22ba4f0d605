package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.Descriptor;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.StoredToken;
import dev.socialexchange.keycloak.provider.TokenKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Proves which app an access token is for, and opens the profile with it, in one round trip. */
final class AccessTokenVerifier {
    private final ProofContext context;
    private final Descriptor.AccessToken rules;
    private final Profiles profiles;

    AccessTokenVerifier(ProofContext context) {
        this.context = context;
        this.rules = context.descriptor().accessToken();
        this.profiles = new Profiles(context);
    }

    Proof verify(String token) {
        Optional<SignedToken> jwt = rules.jwt() ? SignedToken.parse(token) : Optional.empty();
        if (jwt.isPresent()) {
            return new JwtAccessTokenVerifier(context).verify(jwt.get(), token);
        }
        if (rules.binding() != null && rules.binding().decoded()) {
            return DecodedToken.claims(rules.binding(), token)
                    .map(claims -> decoded(token, claims))
                    .orElseGet(() -> unbound(token));
        }
        return rules.binding() != null ? bound(token) : unbound(token);
    }

    /** The profile opens first: only then are the claims the provider's word. */
    private Proof decoded(String token, JsonNode claims) {
        Profiles.Readings readings = profiles.fetch(token, false);
        JsonNode document = readings.profile().require();
        BindingCheck check = new BindingCheck(context, rules.binding());
        check.require(Reading.opened(claims), readings.profile());
        check.requireSameSubject(claims, subject(document));
        return proof(Proof.Method.DECODED, new Evidence.Profile(document, readings.further(), claims, null));
    }

    private Proof bound(String token) {
        Profiles.Readings readings = profiles.fetch(token, true);
        BindingCheck check = new BindingCheck(context, rules.binding());
        check.require(readings.binding(), readings.profile());
        JsonNode document = readings.profile() == null
                ? readings.binding().body()
                : readings.profile().require();
        check.requireSameSubject(readings.binding().body(), subject(document));
        return new Proof(
                Evidence.Profile.of(document, readings.further()),
                Proof.Method.BINDING,
                SingleUse.Claim.NOTHING,
                Optional.of(
                        StoredToken.of(token, check.expiry(readings.binding().body()))));
    }

    private Proof unbound(String token) {
        if (!context.settings().unbound()) {
            // a provider whose JWTs are bound by their own claims may give out opaque tokens, too
            throw ExchangeException.refuse(
                    ExchangeError.BINDING_UNAVAILABLE,
                    "Nothing proves which app an opaque access token of this provider is for; accepted: "
                            + Stream.concat(Stream.of("JWT access tokens"), otherKinds())
                                    .collect(Collectors.joining(", ")));
        }
        Profiles.Readings readings = profiles.fetch(token, false);
        JsonNode document = readings.profile().require();
        subject(document);
        return proof(Proof.Method.UNBOUND, Evidence.Profile.of(document, readings.further()));
    }

    private Stream<String> otherKinds() {
        Set<TokenKind> configured = context.settings().tokenTypes();
        return context.descriptor().provable().stream()
                .filter(kind -> kind != TokenKind.ACCESS_TOKEN)
                .filter(kind -> configured.isEmpty() || configured.contains(kind))
                .map(TokenKind::id);
    }

    /**
     * Opens the profile of a token that is ours by the way it came.
     *
     * @param carried values that came along with it, which the profile's call needs
     */
    Evidence.Profile profile(String token, Map<String, String> carried) {
        Profiles.Readings readings = profiles.fetch(token, false, carried);
        JsonNode document = readings.profile().require();
        subject(document);
        return Evidence.Profile.of(document, readings.further());
    }

    private String subject(JsonNode document) {
        return context.provider()
                .subject(document)
                .orElseThrow(() -> ExchangeException.unavailable(
                        "profile_without_subject", ExchangeException.RETRY_AFTER_SECONDS));
    }

    private static Proof proof(Proof.Method method, Evidence evidence) {
        return new Proof(evidence, method, SingleUse.Claim.NOTHING, Optional.empty());
    }
}
