package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.provider.CallTemplate;
import dev.socialexchange.keycloak.provider.Descriptor;
import dev.socialexchange.keycloak.provider.Pointers;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider;

/** Redeems a provider's authorization code, which only our secret can, and goes on with what it yields. */
final class CodeVerifier {
    /** RFC 6749 §5.2, and GitHub's and Facebook's own spellings: the code, its redirect URI or its verifier is wrong. */
    private static final Set<String> CODE_ERRORS =
            Set.of("invalid_grant", "invalid_request", "bad_verification_code", "redirect_uri_mismatch", "100");

    /** Of what a provider's redirect carries beside the code: visible ASCII, and no more than an identifier needs. */
    private static final Pattern PARAMETER = Pattern.compile("[\\x21-\\x7e]{1,1024}");

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
        requireParameters(submission);
        JsonNode tokens = redeem(submission);
        return new Proof(
                new TokenResponse(context, tokens).read(submission.nonce()),
                Proof.Method.CODE,
                SingleUse.Claim.NOTHING, // the provider itself lets a code in once
                Optional.of(storable(tokens)));
    }

    private void requireVerifier(Submission submission) {
        boolean free = submission.redirectUri() != null && rules.verifierFree().contains(submission.redirectUri());
        if (rules.pkce() == Descriptor.Pkce.REQUIRED && submission.codeVerifier() == null && !free) {
            throw ExchangeException.refuse(
                    ExchangeError.PARAMETER_MISSING, "code_verifier is missing: get the code with PKCE (RFC 7636)");
        }
    }

    private void requireParameters(Submission submission) {
        for (String name : rules.parameters()) {
            String value = submission.further().get(name);
            if (value == null || value.isBlank()) {
                throw ExchangeException.refuse(
                        ExchangeError.PARAMETER_MISSING, name + " is missing: it came with the code");
            }
            if (!PARAMETER.matcher(value).matches()) {
                throw ExchangeException.refuse(
                        ExchangeError.PARAMETER_INVALID, name + " is too long, or has characters that it cannot have");
            }
        }
    }

    private CallTemplate template() {
        Descriptor.OAuth2 oauth2 = context.descriptor().oauth2();
        Map<String, String> form = new LinkedHashMap<>();
        form.put(OAuth2Constants.GRANT_TYPE, OAuth2Constants.AUTHORIZATION_CODE);
        form.put(OAuth2Constants.CODE, "{token}");
        if (oauth2.parameters().isEmpty() || rules.auth() != CallTemplate.Auth.POST) {
            return CallTemplate.clientForm(oauth2.tokenUrl(), form, rules.auth(), List.of());
        }
        form.put(oauth2.parameter(OAuth2Constants.CLIENT_ID), "{client_id}");
        form.put(oauth2.parameter(OAuth2Constants.CLIENT_SECRET), "{client_secret}");
        return CallTemplate.clientForm(oauth2.tokenUrl(), form, CallTemplate.Auth.NONE, List.of());
    }

    private JsonNode redeem(Submission submission) {
        CallTemplate template = template();
        Call call = context.call(template, submission.token());
        Reading reading = Reading.of(
                context, template, context.calls().send(withParameters(call, submission), context.deadline()));
        String error = ERROR.text(reading.body()).orElse(null);
        boolean refused = error != null && CODE_ERRORS.contains(error)
                || BindingCheck.matchesOneOf(rules.refused(), reading.body());
        if (refused && reading.status() < 500 && reading.status() != TOO_MANY_REQUESTS) {
            throw SignedToken.invalid("code_refused_by_provider");
        }
        if (!reading.opened() || error != null) {
            throw reading.unavailable(); // our credentials, or an outage: nothing that the front end did
        }
        return reading.body();
    }

    /** The front end's own values, passed on unchanged, and sent once: a code does not survive a second attempt. */
    private Call withParameters(Call call, Submission submission) {
        Map<String, String> further = new LinkedHashMap<>();
        if (submission.redirectUri() != null) {
            further.put(OAuth2Constants.REDIRECT_URI, submission.redirectUri());
        }
        if (submission.codeVerifier() != null) {
            further.put(OAuth2Constants.CODE_VERIFIER, submission.codeVerifier());
        }
        rules.parameters()
                .forEach(name -> further.put(name, submission.further().get(name)));
        String form = call.body().content() + (further.isEmpty() ? "" : "&" + Call.encode(further));
        if (context.descriptor().oauth2().tokenByGet()) {
            return new Call("GET", URI.create(call.uri() + "?" + form), call.headers(), null, false);
        }
        Call.Body body = new Call.Body(call.body().contentType(), form);
        return new Call(call.method(), call.uri(), call.headers(), body, false);
    }

    /** As Keycloak stores a provider's answer after a browser login. */
    private static String storable(JsonNode tokens) {
        ObjectNode stored = tokens.deepCopy();
        long expiresIn = tokens.path(OAuth2Constants.EXPIRES_IN).asLong();
        if (expiresIn > 0) {
            stored.put(
                    AbstractOAuth2IdentityProvider.ACCESS_TOKEN_EXPIRATION,
                    Instant.now().getEpochSecond() + expiresIn);
        }
        return stored.toString();
    }
}
