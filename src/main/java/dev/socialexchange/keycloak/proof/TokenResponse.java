package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.Evidence;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
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
        return read((idToken, opens) -> new IdTokenVerifier(context).verifyOfOurOwn(idToken, nonce, opens), null);
    }

    /**
     * The same of a code that an id token was sent along with.
     *
     * @param sent that id token, verified
     * @throws ExchangeException if the code is another person's
     */
    Evidence readBeside(SignedToken sent) {
        Evidence evidence = read(
                (idToken, opens) -> new IdTokenVerifier(context).verifyBeside(sent, idToken, opens), sent.claims());
        Optional<String> subject = context.provider().subjectOfIdToken(sent.claims());
        Optional<String> ofCode = evidence.ofIdToken()
                ? context.provider().subjectOfIdToken(evidence.document())
                : context.provider().subject(evidence.document());
        if (subject.isEmpty() || !subject.equals(ofCode)) {
            throw SignedToken.invalid("code_of_another_person");
        }
        return evidence;
    }

    /** @param sent claims of the id token that was sent along, or {@code null} */
    private Evidence read(BiFunction<String, Boolean, Optional<SignedToken>> verifier, JsonNode sent) {
        String idToken = text(OAuth2Constants.ID_TOKEN);
        String accessToken = text(OAuth2Constants.ACCESS_TOKEN);
        boolean opens = accessToken != null && context.descriptor().opensProfile();
        Optional<JsonNode> claims =
                idToken == null || context.descriptor().idToken().isEmpty()
                        ? Optional.empty()
                        : verifier.apply(idToken, opens).map(SignedToken::claims);
        JsonNode accessTokenClaims = accessTokenClaims(context, accessToken);
        if (claims.isPresent() && (!opens || context.descriptor().idTokenTells())) {
            return new Evidence.IdTokenClaims(claims.get(), accessTokenClaims, sent);
        }
        if (!opens) {
            throw ExchangeException.unavailable("code_without_tokens");
        }
        Evidence.Profile profile = new AccessTokenVerifier(context).profile(accessToken, carried());
        requireSamePerson(claims, profile);
        return new Evidence.Profile(
                profile.document(), profile.further(), accessTokenClaims, claims.orElse(null), sent);
    }

    private String text(String name) {
        String value = tokens.path(name).textValue();
        return value == null || value.isBlank() ? null : value;
    }

    /**
     * What mappers read, where the provider's type has them do so: as in Keycloak's browser login verified, whoever it is for
     * ({@code OIDCIdentityProvider.processAccessTokenResponse}, 26.7). A token that cannot be read is refused there, too: its
     * roles would be taken away.
     *
     * @param accessToken ours by the way it came, or {@code null}
     */
    static JsonNode accessTokenClaims(ProofContext context, String accessToken) {
        if (accessToken == null || !context.provider().readsAccessTokens()) {
            return null;
        }
        SignedToken token =
                SignedToken.parse(accessToken).orElseThrow(() -> SignedToken.invalid("access_token_not_a_jwt"));
        // without keys the channel has to do, as for the profile
        context.descriptor().idToken().ifPresent(rules -> {
            IdTokenVerifier.requireIssuer(context, rules, token);
            new ProviderKeys(context, rules).verify(token);
        });
        token.requireValid(context.now(), context.provider().clockSkew());
        return token.claims();
    }

    private Map<String, String> carried() {
        Map<String, String> values = new HashMap<>();
        context.descriptor().authorizationCode().map(rules -> rules.companions().carried()).stream()
                .flatMap(carried -> carried.entrySet().stream())
                .forEach(entry -> values.put(
                        entry.getKey(),
                        entry.getValue()
                                .text(tokens)
                                .orElseThrow(() -> ExchangeException.unavailable("code_answer_incomplete"))));
        return values;
    }

    private void requireSamePerson(Optional<JsonNode> idToken, Evidence.Profile profile) {
        if (idToken.isEmpty()) {
            new PersonCheck(context).requireOther(profile.document());
            return;
        }
        Optional<String> subject = context.provider().subjectOfIdToken(idToken.get());
        if (subject.isEmpty() || !subject.equals(context.provider().subject(profile.document()))) {
            throw SignedToken.invalid("subject_mismatch");
        }
    }
}
