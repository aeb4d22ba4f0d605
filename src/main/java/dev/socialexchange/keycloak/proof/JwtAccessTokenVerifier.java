package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.Descriptor;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.Pointers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Verifies an access token that is a JWT (RFC 9068 and its forerunners) without asking the provider about it. */
final class JwtAccessTokenVerifier {
    private static final Set<String> HEADER_TYPES = Set.of("at+jwt", "application/at+jwt");
    private static final Set<String> KEYCLOAK_TYPES = Set.of("Bearer", "DPoP");
    /** Every issuer spells "the app that got this token" in its own way: Keycloak and Auth0, RFC 9068, Okta, Entra. */
    private static final Pointers CLIENT_ID = Pointers.of("/azp", "/client_id", "/cid", "/appid");

    private static final List<String> ID_TOKEN_CLAIMS = List.of("nonce", "at_hash", "c_hash");
    private static final int FORBIDDEN = 403;

    private final ProofContext context;
    private final Descriptor.IdToken rules;

    JwtAccessTokenVerifier(ProofContext context) {
        this.context = context;
        this.rules = context.descriptor().idToken();
    }

    Proof verify(SignedToken token, String encoded) {
        IdTokenVerifier.requireIssuer(context, rules, token);
        new ProviderKeys(context, rules).verify(token);
        requireAccessToken(token);
        new PersonCheck(context).requireOther(token.claims());
        List<String> clientIds = CLIENT_ID.texts(token.claims()).toList();
        if (clientIds.isEmpty() || !clientIds.stream().allMatch(context.app()::owns)) {
            throw BindingCheck.anotherApp();
        }
        token.requireValid(Instant.now().getEpochSecond(), context.provider().clockSkew());
        return new Proof(evidence(token, encoded), Proof.Method.JWT, SingleUse.Claim.NOTHING, Optional.empty());
    }

    private static void requireAccessToken(SignedToken token) {
        String headerType = String.valueOf(token.jws().getHeader().getType()).toLowerCase(Locale.ROOT);
        String keycloakType = token.text("typ");
        boolean says = HEADER_TYPES.contains(headerType) || KEYCLOAK_TYPES.contains(String.valueOf(keycloakType));
        boolean looks = (headerType.equals("jwt") || headerType.equals("null"))
                && keycloakType == null
                && Stream.of("scope", "scp").anyMatch(token.claims()::has)
                && ID_TOKEN_CLAIMS.stream().noneMatch(token.claims()::has);
        if (!says && !looks || token.claims().has("events")) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_KIND_MISMATCH, "The token is not an access token");
        }
    }

    private Evidence evidence(SignedToken token, String encoded) {
        String subject = token.text("sub");
        if (subject == null || subject.isBlank()) {
            throw SignedToken.invalid("sub_missing");
        }
        Reading profile = new Profiles(context).fetch(encoded, false).profile();
        // userinfo answers 403 to a token that lacks its scope or audience; 401 would mean that it was revoked
        if (profile == null || profile.refused() && profile.status() == FORBIDDEN) {
            return new Evidence.Profile(token.claims(), Map.of(), token.claims(), null);
        }
        JsonNode document = profile.require();
        String named = context.descriptor()
                .identity()
                .subject(document)
                .orElseThrow(() -> ExchangeException.unavailable(
                        "profile_without_subject", ExchangeException.RETRY_AFTER_SECONDS));
        if (!subject.equals(named)) {
            throw SignedToken.invalid("subject_mismatch");
        }
        return new Evidence.Profile(document, Map.of(), token.claims(), null);
    }
}
