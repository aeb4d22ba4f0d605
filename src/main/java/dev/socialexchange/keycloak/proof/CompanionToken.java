package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.Map;
import java.util.Optional;

/**
 * The access token that a front end got together with an id token. It opens the profile, which knows more than the id token,
 * or is where the person's id stands. It belongs to the id token if that has its hash; without one it has to be proven ours
 * like any other, and to name the same person.
 */
final class CompanionToken {
    private final ProofContext context;
    private final AccessTokenRules rules;

    CompanionToken(ProofContext context) {
        this.context = context;
        this.rules = context.descriptor().accessToken().orElseThrow();
    }

    /** Refuses one that this provider has no use for, before anything is asked of anybody. */
    static void requireOfUse(ExchangeIdentityProvider provider) {
        boolean opens = provider.descriptor().opensWithAccessTokenAlone();
        boolean read = provider.descriptor().accessToken().isPresent() && provider.readsAccessTokens();
        if (!opens && !read) {
            throw ExchangeException.refuse(
                    ExchangeError.PARAMETER_INVALID, "access_token is of no use beside an id token of this provider");
        }
    }

    /** @param idToken verified */
    Evidence evidence(SignedToken idToken, String accessToken) {
        context.look(Look.COMPANION_TOKEN);
        boolean belongs = AccessTokenHash.require(idToken, accessToken);
        Evidence.Profile opened = belongs ? opened(accessToken) : proven(accessToken);
        requireSamePerson(idToken, opened, belongs);
        return rules.profile().isEmpty() || context.descriptor().idTokenTells()
                ? new Evidence.IdTokenClaims(idToken.claims(), opened.accessTokenClaims(), opened.beside())
                : opened.with(idToken.claims());
    }

    private Evidence.Profile opened(String accessToken) {
        JsonNode claims = TokenResponse.accessTokenClaims(context, accessToken);
        if (rules.profile().isEmpty()) {
            return new Evidence.Profile(claims, Map.of(), claims, null);
        }
        Evidence.Profile profile = new AccessTokenVerifier(context).profile(accessToken, Map.of());
        return new Evidence.Profile(profile.document(), profile.further(), claims, null);
    }

    private Evidence.Profile proven(String accessToken) {
        return (Evidence.Profile)
                new AccessTokenVerifier(context).verify(accessToken).evidence();
    }

    private void requireSamePerson(SignedToken idToken, Evidence.Profile opened, boolean belongs) {
        Optional<String> subject = context.provider().subjectOfIdToken(idToken.claims());
        if (subject.isEmpty() && !belongs) {
            // two tokens of our app, and nothing says that they are one person's
            throw SignedToken.invalid("at_hash_missing");
        }
        if (subject.isPresent() && !subject.equals(context.provider().subject(opened.document()))) {
            throw SignedToken.invalid("subject_mismatch");
        }
    }
}
