package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.CheckRules;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.TemporarySign;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.SecretGenerator;

/**
 * Asks a provider about a code or token that nobody has issued. How it refuses it tells whether it knows our app by the secret
 * that we hold: what it answers to us has to be something else than what it answers to a secret that is surely wrong.
 */
public final class CredentialTrial {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    /** RFC 7636 §4.1: long enough for a verifier, too. */
    private static final int LENGTH = 48;

    private final ProofContext context;
    private final CheckRules rules;
    private final Optional<CodeRules> codes;
    private final String redirectUri;

    /** What an answer says. */
    public enum Verdict {
        /** With these credentials our app itself was let in: nothing is left to ask. */
        LET_IN,
        /** The code or token is bad. */
        RIGHT,
        /** The redirect URI is not registered for our app. */
        REDIRECT_URI,
        /** The provider does not know our app by these credentials. */
        WRONG,
        /** There is no app with this client id. */
        UNKNOWN_CLIENT,
        /** Nothing of either. */
        UNTOLD,
        /** The provider cannot say it now. */
        SILENT
    }

    /** @param word by which the provider says it: its own error code; empty if it has none. Never a sentence. */
    public record Told(Verdict verdict, Optional<String> word) {}

    /**
     * @param redirectUri of the browser login
     * @throws ExchangeException if the provider is not configured for calls
     */
    public CredentialTrial(Surroundings surroundings, ExchangeIdentityProvider provider, String redirectUri) {
        this.context = ProofContext.of(surroundings, provider);
        this.rules = provider.descriptor().check();
        this.codes = provider.descriptor().authorizationCode();
        this.redirectUri = redirectUri;
    }

    /** Whether there is anything to ask that the secret matters for. */
    public boolean isPossible() {
        boolean secret = context.app().clientSecret() != null
                && !context.app().clientSecret().isBlank();
        return secret && (rules.call().isPresent() || codes.isPresent());
    }

    /**
     * With the credentials that are set up.
     *
     * @throws ExchangeException if they cannot be used, such as a key that is none
     */
    public Call question() {
        return call(context);
    }

    /** With a secret of the same kind that nobody has given us. */
    public Call counterQuestion() {
        return call(context.with(context.app().withSecret(context.provider().inventedSecret())));
    }

    private Call call(ProofContext client) {
        String invented = SecretGenerator.getInstance().randomString(LENGTH);
        return rules.call()
                .map(template -> client.call(template, invented))
                .orElseGet(() -> TokenRequest.of(client, fields(invented)).call());
    }

    private Map<String, String> fields(String invented) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(OAuth2Constants.GRANT_TYPE, OAuth2Constants.AUTHORIZATION_CODE);
        fields.put(OAuth2Constants.CODE, invented);
        fields.put(OAuth2Constants.REDIRECT_URI, redirectUri);
        CodeRules code = codes.orElseThrow();
        if (code.client().pkce() == CodeRules.Pkce.REQUIRED) {
            fields.put(OAuth2Constants.CODE_VERIFIER, invented);
        }
        code.companions().parameters().forEach(name -> fields.put(name, invented));
        return fields;
    }

    /** What came of either question. */
    public Told read(Outcome outcome) {
        if (!(outcome instanceof Outcome.Answer answer)) {
            return new Told(Verdict.SILENT, Optional.empty());
        }
        JsonNode body = answer.json().or(() -> FormAnswer.parse(answer)).orElseGet(MissingNode::getInstance);
        Optional<String> word = Redemption.errorIn(body);
        return new Told(verdict(answer, body, word), word.filter(CredentialTrial::isWord));
    }

    private Verdict verdict(Outcome.Answer answer, JsonNode body, Optional<String> word) {
        int status = answer.status();
        CheckRules.Signs signs = rules.signs();
        if (signs.registered().lacksClient(body)) {
            return Verdict.UNKNOWN_CLIENT;
        }
        if (signs.wrong().isIn(status, body)) {
            return Verdict.WRONG;
        }
        if (TemporarySign.is(context.descriptor().temporary(), status, answer.headers(), body)) {
            return Verdict.SILENT;
        }
        if (signs.registered().lacksRedirectUri(body)) {
            return Verdict.REDIRECT_URI;
        }
        Optional<CallTemplate> call = rules.call();
        if (call.isPresent()) {
            return ofCall(call.get(), status, body);
        }
        return signs.right().isIn(status, body) ? Verdict.RIGHT : ofTokenEndpoint(status, body, word);
    }

    private Verdict ofCall(CallTemplate call, int status, JsonNode body) {
        boolean right = rules.signs().right().isIn(status, body);
        if (status == OK) {
            return right && call.accepts(body) ? Verdict.LET_IN : Verdict.UNTOLD;
        }
        return right ? Verdict.RIGHT : Verdict.UNTOLD;
    }

    private Verdict ofTokenEndpoint(int status, JsonNode body, Optional<String> word) {
        CodeRules.Errors errors = codes.orElseThrow().errors();
        if (word.filter(Redemption::isUnknownClients).isPresent()) {
            return Verdict.UNKNOWN_CLIENT;
        }
        if (BindingCheck.matchesOneOf(errors.ours(), body)
                || word.filter(Redemption::isOurSecrets).isPresent()) {
            return Verdict.WRONG;
        }
        if (word.filter(Redemption::isRedirectUris).isPresent() && !BindingCheck.matchesOneOf(errors.refused(), body)) {
            return Verdict.REDIRECT_URI;
        }
        if (BindingCheck.matchesOneOf(errors.refused(), body)
                || word.filter(Redemption::isCodes).isPresent()) {
            return Verdict.RIGHT;
        }
        return status == UNAUTHORIZED ? Verdict.WRONG : Verdict.UNTOLD;
    }

    /** An error code, and nothing that could be a sentence or somebody's data. */
    private static boolean isWord(String text) {
        return text.matches("[\\w.-]{1,80}");
    }
}
