package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.proof.Submission;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** The parameters that hold what the front end got from the provider: the same at every door. */
public final class SubmissionParameters {
    /** What Apple hands to a front end at a person's first login. */
    private static final String USER = "user";

    private static final Map<TokenKind, String> TYPES = Map.of(
            TokenKind.ACCESS_TOKEN,
            OAuth2Constants.ACCESS_TOKEN_TYPE,
            TokenKind.ID_TOKEN,
            OAuth2Constants.ID_TOKEN_TYPE,
            TokenKind.AUTHORIZATION_CODE,
            "urn:keycloak:social-exchange:token-type:authorization_code",
            TokenKind.SIGNED_DATA,
            "urn:keycloak:social-exchange:token-type:signed_data");

    public static final List<String> ALL = List.of(
            OAuth2Constants.SUBJECT_TOKEN_TYPE,
            OAuth2Constants.ACCESS_TOKEN,
            OIDCLoginProtocol.NONCE_PARAM,
            OAuth2Constants.REDIRECT_URI,
            OAuth2Constants.CODE_VERIFIER,
            OAuth2Constants.CODE,
            USER);

    /** RFC 6749 appendix A: tokens and codes are visible ASCII. */
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");
    /** RFC 7636 §4.1. */
    private static final Pattern CODE_VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private static final int MAX_NONCE = 512;
    private static final int MAX_REDIRECT_URI = 2048;

    private SubmissionParameters() {}

    /** The {@code subject_token_type} that stands for a kind. */
    public static String type(TokenKind kind) {
        return TYPES.get(kind);
    }

    /** Whether it is the type of codes. */
    public static boolean isCode(String type) {
        return TYPES.get(TokenKind.AUTHORIZATION_CODE).equals(type);
    }

    /**
     * @param others parameters that belong to the request itself; what is left is the provider's own
     * @throws ExchangeException if a parameter is missing, malformed, or belongs to another kind
     */
    public static Submission parse(MultivaluedMap<String, String> form, Set<String> others) {
        TokenKind kind = kind(required(form, OAuth2Constants.SUBJECT_TOKEN_TYPE));
        String token = required(form, OAuth2Constants.SUBJECT_TOKEN);
        if (kind != TokenKind.SIGNED_DATA && !VISIBLE_ASCII.matcher(token).matches()) {
            throw invalid("subject_token has characters that no token has");
        }
        String nonce = form.getFirst(OIDCLoginProtocol.NONCE_PARAM);
        String redirectUri = form.getFirst(OAuth2Constants.REDIRECT_URI);
        String codeVerifier = form.getFirst(OAuth2Constants.CODE_VERIFIER);
        if ((kind == TokenKind.ACCESS_TOKEN || kind == TokenKind.SIGNED_DATA) && nonce != null) {
            throw invalid("nonce belongs to an id token or a code");
        }
        String code = form.getFirst(OAuth2Constants.CODE);
        if (kind != TokenKind.ID_TOKEN && code != null) {
            throw invalid("code belongs to an id token; a code alone is the subject_token");
        }
        if (code != null && !VISIBLE_ASCII.matcher(code).matches()) {
            throw invalid("code is empty or has characters that no code has");
        }
        if (kind != TokenKind.AUTHORIZATION_CODE && code == null && (redirectUri != null || codeVerifier != null)) {
            throw invalid("redirect_uri and code_verifier belong to a code");
        }
        if (nonce != null && (nonce.isEmpty() || nonce.length() > MAX_NONCE)) {
            throw invalid("nonce is empty or too long");
        }
        if (redirectUri != null && redirectUri.length() > MAX_REDIRECT_URI) {
            throw invalid("redirect_uri is too long");
        }
        if (codeVerifier != null && !CODE_VERIFIER.matcher(codeVerifier).matches()) {
            throw invalid("code_verifier must have 43 to 128 unreserved characters (RFC 7636)");
        }
        String accessToken = form.getFirst(OAuth2Constants.ACCESS_TOKEN);
        if (kind != TokenKind.ID_TOKEN && accessToken != null) {
            throw invalid("access_token belongs to an id token");
        }
        if (accessToken != null && !VISIBLE_ASCII.matcher(accessToken).matches()) {
            throw invalid("access_token is empty or has characters that no token has");
        }
        if (accessToken != null && code != null) {
            throw invalid("code and access_token cannot be sent together: the code brings an access token of its own");
        }
        String user = form.getFirst(USER);
        if ((kind == TokenKind.ACCESS_TOKEN || kind == TokenKind.SIGNED_DATA) && user != null) {
            throw invalid("user belongs to an id token or a code");
        }
        return new Submission(
                kind, token, nonce, redirectUri, codeVerifier, accessToken, code, user, further(form, others));
    }

    /** @throws ExchangeException if it is none that there is */
    public static TokenKind kind(String type) {
        if (type.equals(OAuth2Constants.JWT_TOKEN_TYPE)) {
            return TokenKind.ID_TOKEN;
        }
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .findFirst()
                .orElseThrow(() -> ExchangeException.refuse(
                        ExchangeError.TOKEN_TYPE_UNSUPPORTED,
                        "subject_token_type must be one of "
                                + String.join(
                                        ", ", TYPES.values().stream().sorted().toList())))
                .getKey();
    }

    /** Which of it a provider's code needs, its descriptor says. */
    private static Map<String, String> further(MultivaluedMap<String, String> form, Set<String> others) {
        Map<String, String> further = new HashMap<>();
        form.keySet().stream()
                .filter(name ->
                        !ALL.contains(name) && !name.equals(OAuth2Constants.SUBJECT_TOKEN) && !others.contains(name))
                .filter(name -> form.getFirst(name) != null)
                .forEach(name -> further.put(name, form.getFirst(name)));
        return further;
    }

    /** @throws ExchangeException if it is absent or blank */
    public static String required(MultivaluedMap<String, String> form, String name) {
        String value = form.getFirst(name);
        if (value == null || value.isBlank()) {
            throw missing(name + " is missing");
        }
        return value;
    }

    public static ExchangeException missing(String description) {
        return ExchangeException.refuse(ExchangeError.PARAMETER_MISSING, description);
    }

    public static ExchangeException invalid(String description) {
        return ExchangeException.refuse(ExchangeError.PARAMETER_INVALID, description);
    }
}
