package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.ClaimRules;
import java.util.List;
import java.util.Optional;

/**
 * Whether it is a person that a token was issued for. An issuer may sign tokens of CI jobs, machines and anonymous visitors
 * with the same keys, and let those name our app whom it concerns.
 */
final class PersonCheck {
    private final ProofContext context;

    PersonCheck(ProofContext context) {
        this.context = context;
    }

    /** By what is known of the provider, and by what its admin has entered. */
    void requireIdToken(JsonNode claims) {
        Optional<String> subject = context.provider().subjectOfIdToken(claims);
        require(context.descriptor().idToken().orElseThrow().claims(), subject, claims);
        require(context.settings().claims(), subject, claims);
    }

    /** @param documents what is known of a token that is no id token; of the first the person's id is read */
    void requireOther(JsonNode... documents) {
        require(context.settings().claims(), context.provider().subject(documents[0]), documents);
    }

    /** Of a token that an app got for itself. */
    static ExchangeException appsOwn() {
        return ExchangeException.refuse(
                ExchangeError.TOKEN_KIND_MISMATCH, "The token is an app's own, and no person's", "token_of_a_client");
    }

    private static void require(ClaimRules rules, Optional<String> subject, JsonNode... documents) {
        rules.brokenBy(subject, List.of(documents)).ifPresent(detail -> {
            throw ExchangeException.refuse(
                    ExchangeError.TOKEN_KIND_MISMATCH, "The token is not one that people sign in with here", detail);
        });
    }
}
