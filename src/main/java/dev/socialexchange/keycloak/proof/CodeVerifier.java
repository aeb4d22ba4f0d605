package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.provider.CallTemplate;
import dev.socialexchange.keycloak.provider.Descriptor;
import dev.socialexchange.keycloak.provider.Pointers;
import dev.socialexchange.keycloak.provider.StoredToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;

/** Redeems a provider's authorization code, which only our secret can, and goes on with what it yields. */
final class CodeVerifier {
    /** RFC 6749 §5.2, and GitHub's and Facebook's own spellings: the code, its redirect URI or its verifier is wrong. */
    private static final Set<String> CODE_ERRORS =
            Set.of("invalid_grant", "invalid_request", "bad_verification_code", "redirect_uri_mismatch", "100");

    private static final int TOO_MANY_REQUESTS = 429;
    private static final Pointers ERROR = Pointers.of("/error/code", "/error");

    private final ProofContext context;
    private final Descriptor.Code rules;

    CodeVerifier(ProofContext context) {
        this.context = context;
        this.rules = context.descriptor().authorizationCode();
    }

    Proof verify(Submission submission) {
        requireVerifier(submission);
        JsonNode tokens = redeem(submission);
        return new Proof(
                new TokenResponse(context, tokens).read(submission.nonce()),
                Proof.Method.CODE,
                SingleUse.Claim.NOTHING, // the provider itself lets a code in once
                Optional.of(StoredToken.of(tokens)));
    }

    private void requireVerifier(Submission submission) {
        boolean free = submission.redirectUri() != null && rules.verifierFree().contains(submission.redirectUri());
        if (rules.pkce() == Descriptor.Pkce.REQUIRED && submission.codeVerifier() == null && !free) {
            throw ExchangeException.refuse(
                    ExchangeError.PARAMETER_MISSING, "code_verifier is missing: get the code with PKCE (RFC 7636)");
        }
    }

    private JsonNode redeem(Submission submission) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put(OAuth2Constants.GRANT_TYPE, OAuth2Constants.AUTHORIZATION_CODE);
        form.put(OAuth2Constants.CODE, "{token}");
        CallTemplate template =
                CallTemplate.clientForm(context.descriptor().oauth2().tokenUrl(), form, rules.auth(), List.of());
        Call call = context.call(template, submission.token());
        Reading reading = Reading.of(
                context, template, context.calls().send(withParameters(call, submission), context.deadline()));
        String error = ERROR.text(reading.body()).orElse(null);
        boolean refused = error != null && CODE_ERRORS.contains(error)
                || BindingCheck.matchesAny(rules.refused(), reading.body());
        if (refused && reading.status() < 500 && reading.status() != TOO_MANY_REQUESTS) {
            throw SignedToken.invalid("code_refused_by_provider");
        }
        if (!reading.opened() || error != null) {
            throw reading.unavailable(); // our credentials, or an outage: nothing that the front end did
        }
        return reading.body();
    }

    /** The front end's own values, passed on unchanged, and sent once: a code does not survive a second attempt. */
    private static Call withParameters(Call call, Submission submission) {
        Map<String, String> further = new LinkedHashMap<>();
        if (submission.redirectUri() != null) {
            further.put(OAuth2Constants.REDIRECT_URI, submission.redirectUri());
        }
        if (submission.codeVerifier() != null) {
            further.put(OAuth2Constants.CODE_VERIFIER, submission.codeVerifier());
        }
        Call.Body body = new Call.Body(
                call.body().contentType(),
                call.body().content() + (further.isEmpty() ? "" : "&" + Call.encode(further)));
        return new Call(call.method(), call.uri(), call.headers(), body, false);
    }
}
