package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.net.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** User info that the provider has signed (OpenID Connect Core §5.3.2): verified as its id tokens are. */
final class SignedAnswer {
    private static final int OK = 200;

    private SignedAnswer() {}

    static boolean is(Outcome.Answer answer) {
        String type = answer.header("content-type").orElse("").split(";", 2)[0];
        return answer.status() == OK && type.strip().toLowerCase(Locale.ROOT).equals("application/jwt");
    }

    /** Issuer and audience are optional there, and what is there has to be right. */
    static JsonNode claims(ProofContext context, Outcome.Answer answer) {
        String text = new String(answer.body(), StandardCharsets.US_ASCII).strip();
        IdTokenRules rules = context.descriptor().idToken().orElse(null);
        SignedToken token = SignedToken.parse(text).orElse(null);
        if (token == null || rules == null) { // encrypted, say, or by keys that nobody has entered
            throw ExchangeException.unavailable("profile_unverifiable");
        }
        if (token.claims().has("iss")) {
            IdTokenVerifier.requireIssuer(context, rules, token);
        }
        if (token.claims().has("aud") && token.audience().stream().noneMatch(context.app()::owns)) {
            throw BindingCheck.anotherApp();
        }
        new ProviderKeys(context, rules).verify(token);
        if (token.claims().has("exp")) {
            token.requireValid(context.now(), context.provider().clockSkew());
        }
        return token.claims();
    }
}
