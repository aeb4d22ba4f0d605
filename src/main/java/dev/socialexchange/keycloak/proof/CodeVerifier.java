package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.StoredTokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.keycloak.OAuth2Constants;

/** Redeems a provider's authorization code, which only our secret can, and goes on with what it yields. */
final class CodeVerifier {
    /** Of what a provider's redirect carries beside the code: as RFC 6749 appendix A has it, no longer than an identifier. */
    private static final Pattern PARAMETER = Pattern.compile("[\\x20-\\x7e]{1,1024}");

    private final ProofContext context;
    private final CodeRules rules;

    CodeVerifier(ProofContext context) {
        this.context = context;
        this.rules = context.descriptor().authorizationCode().orElseThrow();
    }

    Proof verify(Submission submission) {
        context.look(Look.CODE, submission::redirectUri, () -> null);
        requireVerifier(submission);
        ProofContext client = client(submission);
        JsonNode tokens = redeem(client, submission);
        Evidence evidence = new TokenResponse(client, tokens).read(submission.nonce());
        if (evidence instanceof Evidence.Profile profile && profile.idTokenClaims() == null) {
            // nothing in the answer could have a nonce, and nobody has compared one
            Nonce.require(context.settings(), submission.nonce(), null);
        }
        return new Proof(
                evidence,
                Proof.Method.CODE,
                SingleUse.Claim.NOTHING, // the provider itself lets a code in once
                Optional.of(stored(client, tokens, submission)));
    }

    /**
     * Redeems a code that came together with an id token: both have to be one person's.
     *
     * @param idToken verified
     * @param claim of the id token, made when nothing else can fail
     */
    Proof verifyBeside(SignedToken idToken, Submission submission, Supplier<SingleUse.Claim> claim) {
        context.look(Look.CODE, submission::redirectUri, () -> null);
        requireVerifier(submission);
        AccessTokenHash.requireOfCode(idToken, submission.code());
        ProofContext client = clientOf(idToken, submission);
        JsonNode tokens = redeem(client, submission);
        Evidence evidence = new TokenResponse(client, tokens).readBeside(idToken);
        return new Proof(evidence, Proof.Method.CODE, claim.get(), Optional.of(stored(client, tokens, submission)));
    }

    private StoredTokens stored(ProofContext client, JsonNode tokens, Submission submission) {
        StoredTokens stored =
                StoredTokens.of(tokens, rules.companions().kept(), submission.further()::get, context.now());
        String clientId = client.app().clientId();
        return clientId.equals(context.app().clientId()) ? stored : stored.issuedTo(clientId);
    }

    /** Where one secret does for all of our apps (Apple), the code is that app's which the id token names: the two came together. */
    private ProofContext clientOf(SignedToken idToken, Submission submission) {
        List<String> audience = idToken.audience();
        return rules.client().nativeClientId().isPresent() && audience.size() == 1
                ? context.as(audience.get(0))
                : client(submission);
    }

    /** What came with a code must come with it again. */
    static void requireParameters(CodeRules rules, Submission submission) {
        for (String name : rules.companions().parameters()) {
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

    private void requireVerifier(Submission submission) {
        boolean free = submission.redirectUri() != null
                && rules.client().verifierFree().contains(submission.redirectUri());
        if (rules.client().pkce() == CodeRules.Pkce.REQUIRED && submission.codeVerifier() == null && !free) {
            throw ExchangeException.refuse(
                    ExchangeError.PARAMETER_MISSING, "code_verifier is missing: get the code with PKCE (RFC 7636)");
        }
    }

    /** Only the client that a code was issued to can redeem it; a native app is another client than the website. */
    private ProofContext client(Submission submission) {
        Optional<String> ofNativeApps = rules.client()
                .nativeClientId()
                .map(context.provider().getConfig().getConfig()::get)
                .filter(clientId -> !clientId.isBlank())
                .map(String::strip);
        Optional<String> named =
                rules.client().appParameter().map(submission.further()::get).filter(clientId -> !clientId.isBlank());
        if (named.isPresent()) {
            return context.as(requireOurs(named.get(), ofNativeApps));
        }
        return ofNativeApps
                .filter(clientId -> submission.redirectUri() == null)
                .map(context::as)
                .orElse(context);
    }

    /** A front end may say which of our apps it is, and no other. */
    private String requireOurs(String clientId, Optional<String> ofNativeApps) {
        if (!context.app().owns(clientId)
                && !ofNativeApps.filter(clientId::equals).isPresent()) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_FOR_ANOTHER_APP);
        }
        return clientId;
    }

    private JsonNode redeem(ProofContext client, Submission submission) {
        TokenRequest request = TokenRequest.of(client, fields(submission));
        JsonNode tokens = new Redemption(client, rules)
                .tokens(request.template(), client.calls().send(request.call(), client.deadline()));
        return client.descriptor().oauth2().orElseThrow().dialect().standard(tokens);
    }

    /** The front end's own values, passed on unchanged. */
    private Map<String, String> fields(Submission submission) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(OAuth2Constants.GRANT_TYPE, OAuth2Constants.AUTHORIZATION_CODE);
        fields.put(OAuth2Constants.CODE, submission.anyCode());
        if (submission.redirectUri() != null) {
            fields.put(OAuth2Constants.REDIRECT_URI, submission.redirectUri());
        }
        if (submission.codeVerifier() != null) {
            fields.put(OAuth2Constants.CODE_VERIFIER, submission.codeVerifier());
        }
        rules.companions()
                .parameters()
                .forEach(name -> fields.put(name, submission.further().get(name)));
        return fields;
    }
}
