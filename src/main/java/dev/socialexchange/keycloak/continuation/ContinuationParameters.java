package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.door.SubmissionParameters;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.OAuth2Constants;

/** The parameters that say where a continuation in a browser returns to; none of them, or a redirect URI and a challenge. */
public final class ContinuationParameters {
    static final String REDIRECT_URI = "interaction_redirect_uri";
    static final String STATE = "interaction_state";
    static final String NONCE = "interaction_nonce";
    static final String CODE_CHALLENGE = "interaction_code_challenge";
    /** Not needed, but a front end that sends it means it. */
    static final String CODE_CHALLENGE_METHOD = "interaction_code_challenge_method";

    public static final List<String> ALL = List.of(REDIRECT_URI, STATE, NONCE, CODE_CHALLENGE, CODE_CHALLENGE_METHOD);

    /** RFC 7636 §4.2: SHA-256 in base64url. */
    private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final int MAX_REDIRECT_URI = 2048;
    private static final int MAX_STATE = 2048;
    private static final int MAX_NONCE = 512;

    private ContinuationParameters() {}

    public static Optional<ReturnAddress> parse(MultivaluedMap<String, String> form) {
        if (ALL.stream().noneMatch(form::containsKey)) {
            return Optional.empty();
        }
        String redirectUri = SubmissionParameters.required(form, REDIRECT_URI);
        String challenge = SubmissionParameters.required(form, CODE_CHALLENGE);
        String method = form.getFirst(CODE_CHALLENGE_METHOD);
        if (!isAbsolute(redirectUri)) {
            throw SubmissionParameters.invalid(REDIRECT_URI + " must be an absolute URI without a fragment");
        }
        if (!S256.matcher(challenge).matches()) {
            throw SubmissionParameters.invalid(CODE_CHALLENGE + " must be an S256 challenge (RFC 7636)");
        }
        if (method != null && !method.equals(OAuth2Constants.PKCE_METHOD_S256)) {
            throw SubmissionParameters.invalid(CODE_CHALLENGE_METHOD + " must be S256");
        }
        return Optional.of(new ReturnAddress(
                redirectUri, optional(form, STATE, MAX_STATE), optional(form, NONCE, MAX_NONCE), challenge));
    }

    private static boolean isAbsolute(String uri) {
        try {
            URI parsed = new URI(uri);
            return uri.length() <= MAX_REDIRECT_URI && parsed.isAbsolute() && parsed.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static String optional(MultivaluedMap<String, String> form, String name, int maxLength) {
        String value = form.getFirst(name);
        if (value != null && (value.isEmpty() || value.length() > maxLength)) {
            throw SubmissionParameters.invalid(name + " is empty or too long");
        }
        return value;
    }
}
