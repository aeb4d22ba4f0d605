package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.StoredTokens;
import java.util.Map;
import java.util.Optional;

/** Proves which app an access token is for, and opens the profile with it, in one round trip. */
final class AccessTokenVerifier {
    private final ProofContext context;
    private final AccessTokenRules rules;
    private final Profiles profiles;

    AccessTokenVerifier(ProofContext context) {
        this.context = context;
        this.rules = context.descriptor().accessToken().orElseThrow();
        this.profiles = new Profiles(context);
    }

    Proof verify(String token) {
        Optional<SignedToken> jwt = rules.jwt() ? SignedToken.parse(token) : Optional.empty();
        context.look(Look.ACCESS_TOKEN_FORM, () -> null, () -> jwt.isPresent() ? "JWT" : "opaque");
        if (jwt.isPresent()) {
            return signed(jwt.get(), token);
        }
        if (rules.isDecoded()) {
            return DecodedToken.claims(binding(), token)
                    .map(claims -> decoded(token, claims))
                    .orElseGet(() -> unbound(token));
        }
        return rules.binding().isPresent() ? bound(token) : unbound(token);
    }

    private Binding binding() {
        return rules.binding().orElseThrow();
    }

    /** Verified here, unless that cannot be: then the issuer is asked about it, as about an opaque one. */
    private Proof signed(SignedToken jwt, String token) {
        JwtAccessTokenVerifier verifier = new JwtAccessTokenVerifier(context);
        return Introspection.isConfigured(context) && !verifier.isVerifiable(jwt)
                ? bound(token)
                : verifier.verify(jwt, token);
    }

    /** The profile opens first: only then are the claims the provider's word. */
    private Proof decoded(String token, JsonNode claims) {
        context.look(Look.PROFILE);
        Profiles.Verdicts verdicts = profiles.fetch(token, false);
        JsonNode document = verdicts.profile().require();
        BindingCheck check = new BindingCheck(context, binding());
        context.look(Look.BINDING, () -> null, () -> "read from the token");
        check.require(ProviderVerdict.opened(claims), verdicts.profile());
        check.requireSameSubject(claims, subject(document));
        TokenAudience.of(context, claims).requireNotRuledOut();
        new PersonCheck(context).requireOther(document, claims);
        return proof(Proof.Method.DECODED, new Evidence.Profile(document, verdicts.further(), claims, null));
    }

    private Proof bound(String token) {
        context.look(Look.BINDING);
        Profiles.Verdicts verdicts = profiles.fetch(token, true);
        BindingCheck check = new BindingCheck(context, binding());
        boolean named = check.require(verdicts.binding(), verdicts.profile());
        JsonNode answer = verdicts.binding().body();
        context.look(Look.PROFILE);
        JsonNode document =
                verdicts.profile() == null ? answer : verdicts.profile().require();
        check.requireSameSubject(answer, subject(document));
        if (binding() instanceof Binding.Introspected) {
            TokenAudience.of(context, answer).requireOfIntrospection(verdicts.profile() != null);
        }
        context.look(Look.PERSON);
        new PersonCheck(context).requireOther(document, answer);
        return new Proof(
                Evidence.Profile.of(document, verdicts.further()),
                named ? Proof.Method.BINDING : Proof.Method.UNBOUND,
                SingleUse.Claim.NOTHING,
                Optional.of(StoredTokens.of(token, check.expiry(answer))));
    }

    private Proof unbound(String token) {
        context.look(Look.BINDING, () -> null, () -> "none");
        if (!context.settings().unbound()) {
            throw Unbindable.refused(context, null);
        }
        context.look(Look.PROFILE);
        Profiles.Verdicts verdicts = profiles.fetch(token, false);
        JsonNode document = verdicts.profile().require();
        subject(document);
        context.look(Look.PERSON);
        new PersonCheck(context).requireOther(document);
        return proof(Proof.Method.UNBOUND, Evidence.Profile.of(document, verdicts.further()));
    }

    /**
     * Opens the profile of a token that is ours by the way it came.
     *
     * @param carried values that came along with it, which the profile's call needs
     */
    Evidence.Profile profile(String token, Map<String, String> carried) {
        context.look(Look.PROFILE);
        Profiles.Verdicts verdicts = profiles.fetch(token, false, carried);
        JsonNode document = verdicts.profile().require();
        subject(document);
        return Evidence.Profile.of(document, verdicts.further());
    }

    private String subject(JsonNode document) {
        return context.provider()
                .subject(document)
                .orElseThrow(() -> ExchangeException.unavailable("profile_without_subject"));
    }

    private static Proof proof(Proof.Method method, Evidence evidence) {
        return new Proof(evidence, method, SingleUse.Claim.NOTHING, Optional.empty());
    }
}
