package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.broker.Interaction;
import dev.socialexchange.keycloak.proof.Submission;
import dev.socialexchange.keycloak.provider.TokenKind;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * A well-formed exchange request. Keycloak has refused duplicate parameters and oversized tokens before, has removed
 * control characters from values, and has dropped other parameters that are too long.
 *
 * @param alias of the identity provider
 * @param audience client ids, possibly none
 * @param interaction where a login that needs the person may go on
 */
record ExchangeRequest(
        String alias,
        Submission submission,
        String scope,
        List<String> audience,
        RequestedToken requested,
        Optional<Interaction> interaction) {
    /** What Apple hands to a front end at a person's first login. */
    private static final String USER = "user";

    static final String AUTHORIZATION_CODE_TYPE = "urn:keycloak:social-exchange:token-type:authorization_code";

    static final String SIGNED_DATA_TYPE = "urn:keycloak:social-exchange:token-type:signed_data";

    private static final Map<String, TokenKind> KINDS = Map.of(
            OAuth2Constants.ACCESS_TOKEN_TYPE,
            TokenKind.ACCESS_TOKEN,
            OAuth2Constants.ID_TOKEN_TYPE,
            TokenKind.ID_TOKEN,
            OAuth2Constants.JWT_TOKEN_TYPE,
            TokenKind.ID_TOKEN,
            AUTHORIZATION_CODE_TYPE,
            TokenKind.AUTHORIZATION_CODE,
            SIGNED_DATA_TYPE,
            TokenKind.SIGNED_DATA);

    /** Of other exchanges, which say something different about who the tokens are for. */
    private static final List<String> FOREIGN_PARAMETERS = List.of(
            OAuth2Constants.REQUESTED_ISSUER,
            OAuth2Constants.REQUESTED_SUBJECT,
            OAuth2Constants.ACTOR_TOKEN,
            OAuth2Constants.ACTOR_TOKEN_TYPE,
            OAuth2Constants.RESOURCE);

    /** Without one of these a request means something else: a wider audience, say, or a session instead of none. */
    private static final List<String> PARAMETERS = List.of(
            OAuth2Constants.SUBJECT_ISSUER,
            OAuth2Constants.SUBJECT_TOKEN_TYPE,
            OAuth2Constants.REQUESTED_TOKEN_TYPE,
            OAuth2Constants.SCOPE,
            OAuth2Constants.AUDIENCE,
            OIDCLoginProtocol.NONCE_PARAM,
            OAuth2Constants.REDIRECT_URI,
            OAuth2Constants.CODE_VERIFIER,
            USER);

    /** The grant, what it is about, and who asks for it. */
    private static final Set<String> CLIENT_PARAMETERS = Set.of(
            OAuth2Constants.GRANT_TYPE,
            OAuth2Constants.SUBJECT_TOKEN,
            OAuth2Constants.CLIENT_ID,
            OAuth2Constants.CLIENT_SECRET,
            OAuth2Constants.CLIENT_ASSERTION,
            OAuth2Constants.CLIENT_ASSERTION_TYPE);

    /** RFC 6749 appendix A: tokens and codes are visible ASCII. */
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");
    /** RFC 7636 §4.1. */
    private static final Pattern CODE_VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private static final int MAX_NONCE = 512;
    private static final int MAX_REDIRECT_URI = 2048;

    /**
     * @param form what Keycloak has kept
     * @param sent the names of all parameters that were sent
     */
    static ExchangeRequest parse(MultivaluedMap<String, String> form, Set<String> sent, List<String> audience) {
        for (String foreign : FOREIGN_PARAMETERS) {
            if (sent.contains(foreign)) {
                throw invalid(foreign + " cannot be combined with subject_issuer");
            }
        }
        Stream.concat(PARAMETERS.stream(), InteractionParameters.ALL.stream())
                .filter(parameter -> sent.contains(parameter) && !form.containsKey(parameter))
                .findFirst()
                .ifPresent(dropped -> {
                    throw invalid(dropped + " is too long");
                });
        String alias = required(form, OAuth2Constants.SUBJECT_ISSUER);
        RequestedToken requested = RequestedToken.of(form.getFirst(OAuth2Constants.REQUESTED_TOKEN_TYPE));
        return new ExchangeRequest(
                alias,
                submission(form),
                form.getFirst(OAuth2Constants.SCOPE),
                audience == null ? List.of() : audience,
                requested,
                InteractionParameters.parse(form));
    }

    private static Submission submission(MultivaluedMap<String, String> form) {
        String type = required(form, OAuth2Constants.SUBJECT_TOKEN_TYPE);
        TokenKind kind = KINDS.get(type);
        if (kind == null) {
            throw ExchangeException.refuse(
                    ExchangeError.TOKEN_TYPE_UNSUPPORTED,
                    "subject_token_type must be one of "
                            + String.join(", ", KINDS.keySet().stream().sorted().toList()));
        }
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
        if (kind != TokenKind.AUTHORIZATION_CODE && (redirectUri != null || codeVerifier != null)) {
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
        String user = form.getFirst(USER);
        if ((kind == TokenKind.ACCESS_TOKEN || kind == TokenKind.SIGNED_DATA) && user != null) {
            throw invalid("user belongs to an id token or a code");
        }
        return new Submission(kind, token, nonce, redirectUri, codeVerifier, user, further(form));
    }

    /** What is not this grant's own: which of it a provider's code needs, its descriptor says. */
    private static Map<String, String> further(MultivaluedMap<String, String> form) {
        Map<String, String> further = new HashMap<>();
        form.keySet().stream()
                .filter(name -> !PARAMETERS.contains(name) && !CLIENT_PARAMETERS.contains(name))
                .filter(name -> form.getFirst(name) != null)
                .forEach(name -> further.put(name, form.getFirst(name)));
        return further;
    }

    private static String required(MultivaluedMap<String, String> form, String name) {
        String value = form.getFirst(name);
        if (value == null || value.isBlank()) {
            throw ExchangeException.refuse(ExchangeError.PARAMETER_MISSING, name + " is missing");
        }
        return value;
    }

    private static ExchangeException invalid(String description) {
        return ExchangeException.refuse(ExchangeError.PARAMETER_INVALID, description);
    }
}
