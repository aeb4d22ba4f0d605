package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.descriptor.TemporarySign;
import dev.socialexchange.keycloak.net.Outcome;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;

/**
 * What a token endpoint has made of a code: tokens; a refusal of what the front end sent; or nothing that concerns the front
 * end, since our own credentials are wrong or the provider is down.
 */
final class Redemption {
    /** RFC 6749 §5.2, and GitHub's, Facebook's and Slack's own words: the code, its redirect URI or its verifier is wrong. */
    private static final Set<String> REFUSED = Set.of(
            "invalid_grant",
            "invalid_request",
            "invalid_code",
            "bad_verification_code",
            "code_already_used",
            "unverified_user_email",
            "100");

    private static final Set<String> REDIRECT_URI =
            Set.of("redirect_uri_mismatch", "bad_redirect_uri", "invalid_redirect_uri");
    private static final Set<String> CODE_VERIFIER = Set.of("bad_code_verifier", "invalid_code_verifier");

    /** Words for credentials of ours that the provider does not take. */
    private static final Set<String> OUR_SECRETS = Set.of(
            "invalid_client",
            "unauthorized_client",
            "invalid_client_id",
            "bad_client_id",
            "invalid_client_secret",
            "bad_client_secret",
            "invalid_client_credentials",
            "incorrect_client_credentials",
            "invalid_credentials");

    /** Those of them that are about the client id alone. */
    private static final Set<String> UNKNOWN_CLIENT = Set.of("invalid_client_id", "bad_client_id");

    /** Words for what else is wrong with our own registration, or with the provider, though a 400 comes with them. */
    private static final Set<String> NOT_THE_FRONT_ENDS = Set.of(
            "unsupported_grant_type",
            "invalid_grant_type",
            "application_suspended",
            "misconfigured",
            "server_error",
            "temporarily_unavailable",
            "slow_down");

    /** What some write where others leave the member out. */
    private static final Set<String> NO_ERROR = Set.of("0", "false", "ok", "none", "null", "success");

    private static final Pointers ERROR = Pointers.of("/error/code", "/error");
    private static final Set<Integer> OPENED = Set.of(200, 201);
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final ProofContext context;
    private final CodeRules rules;

    Redemption(ProofContext context, CodeRules rules) {
        this.context = context;
        this.rules = rules;
    }

    JsonNode tokens(CallTemplate template, Outcome outcome) {
        if (!(outcome instanceof Outcome.Answer answer)) {
            throw ProviderVerdict.of(context, template, outcome).unavailable();
        }
        JsonNode body = answer.json().or(() -> FormAnswer.parse(answer)).orElseGet(MissingNode::getInstance);
        boolean opened = OPENED.contains(answer.status());
        String error = errorIn(body).orElse(null);
        boolean named = BindingCheck.matchesOneOf(rules.errors().refused(), body)
                || BindingCheck.matchesOneOf(rules.errors().ours(), body);
        boolean harmless = !named && (error == null || NO_ERROR.contains(error) && hasToken(body));
        if (opened && body.isContainerNode() && harmless) {
            return body;
        }
        if (answer.status() < SERVER_ERROR && answer.status() != TOO_MANY_REQUESTS) {
            requireNotRefused(answer, body, error);
        }
        throw ProviderVerdict.unavailable(answer); // our credentials, or an outage: nothing that the front end did
    }

    private void requireNotRefused(Outcome.Answer answer, JsonNode body, String error) {
        if (error != null && REDIRECT_URI.contains(error)) {
            throw SignedToken.invalid("redirect_uri_refused_by_provider");
        }
        if (error != null && CODE_VERIFIER.contains(error)) {
            throw SignedToken.invalid("code_verifier_refused_by_provider");
        }
        boolean known = error != null && REFUSED.contains(error)
                || BindingCheck.matchesOneOf(rules.errors().refused(), body);
        if (known || isAboutTheFrontEnd(answer, body, error)) {
            throw SignedToken.invalid("code_refused_by_provider");
        }
    }

    /** RFC 6749 §5.2: an error that is told with a 400 concerns the request, unless its word says otherwise. */
    private boolean isAboutTheFrontEnd(Outcome.Answer answer, JsonNode body, String error) {
        int status = answer.status();
        boolean told = body.path("error").isTextual() && status >= 400 && status != UNAUTHORIZED;
        return told
                && !OUR_SECRETS.contains(error)
                && !NOT_THE_FRONT_ENDS.contains(error)
                && !BindingCheck.matchesOneOf(rules.errors().ours(), body)
                && !TemporarySign.is(context.descriptor().temporary(), status, answer.headers(), body);
    }

    private static boolean hasToken(JsonNode body) {
        return Set.of(OAuth2Constants.ACCESS_TOKEN, OAuth2Constants.ID_TOKEN).stream()
                .map(body::path)
                .anyMatch(token -> token.isTextual() && !token.textValue().isBlank());
    }

    /** The word by which an answer says what is wrong, as most spell it. */
    static Optional<String> errorIn(JsonNode body) {
        return ERROR.text(body).map(Redemption::word);
    }

    static boolean isCodes(String error) {
        return REFUSED.contains(error) || CODE_VERIFIER.contains(error);
    }

    static boolean isRedirectUris(String error) {
        return REDIRECT_URI.contains(error);
    }

    static boolean isUnknownClients(String error) {
        return UNKNOWN_CLIENT.contains(error);
    }

    static boolean isOurSecrets(String error) {
        return OUR_SECRETS.contains(error);
    }

    private static String word(String error) {
        return error.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }
}
