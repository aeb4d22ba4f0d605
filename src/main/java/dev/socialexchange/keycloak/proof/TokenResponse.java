package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.CodeRules;
import dev.socialexchange.keycloak.provider.Descriptor;
import dev.socialexchange.keycloak.provider.Evidence;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;

/** The answer of a provider's token endpoint to our own client: bound to us by the way it came. */
final class TokenResponse {
    private final ProofContext context;
    private final JsonNode tokens;

    TokenResponse(ProofContext context, JsonNode tokens) {
        this.context = context;
        this.tokens = tokens;
    }

    /** The profile where there is one, as in Keycloak's own logins, else the id token's claims. */
    Evidence read(String nonce) {
        String idToken = tokens.path(OAuth2Constants.ID_TOKEN).textValue();
        String accessToken = tokens.path(OAuth2Constants.ACCESS_TOKEN).textValue();
        SignedToken verified = idToken == null || context.descriptor().idToken() == null
                ? null
                : new IdTokenVerifier(context).verify(idToken, nonce);
        Descriptor.AccessToken profileRules = context.descriptor().accessToken();
        if (verified != null && context.descriptor().authorizationCode().idTokenTells()) {
            return new Evidence.IdTokenClaims(verified.claims());
        }
        if (accessToken != null && profileRules != null && profileRules.profile() != null) {
            return profile(verified, new AccessTokenVerifier(context).profile(accessToken, carried()));
        }
        if (verified == null) {
            throw ExchangeException.unavailable("code_without_tokens", ExchangeException.RETRY_AFTER_SECONDS);
        }
        return new Evidence.IdTokenClaims(verified.claims());
    }

    private Map<String, String> carried() {
        Map<String, String> values = new HashMap<>();
        CodeRules rules = context.descriptor().authorizationCode();
        if (rules != null) {
            rules.carried()
                    .forEach((placeholder, place) -> values.put(
                            placeholder,
                            place.text(tokens)
                                    .orElseThrow(() -> ExchangeException.unavailable(
                                            "code_answer_incomplete", ExchangeException.RETRY_AFTER_SECONDS))));
        }
        return values;
    }

    private Evidence profile(SignedToken idToken, Evidence.Profile profile) {
        if (idToken == null) {
            new PersonCheck(context).requireOther(profile.document());
            return profile;
        }
        Optional<String> subject = context.provider().subject(idToken.claims());
        if (subject.isEmpty() || !subject.equals(context.provider().subject(profile.document()))) {
            throw SignedToken.invalid("subject_mismatch");
        }
        return new Evidence.Profile(profile.document(), profile.further(), null, idToken.claims());
    }
}
