package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.continuation.ContinuationParameters;
import dev.socialexchange.keycloak.continuation.ReturnAddress;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import dev.socialexchange.keycloak.login.LoginRequest;
import dev.socialexchange.keycloak.proof.Submission;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * A well-formed exchange request. Keycloak has refused duplicate parameters and oversized tokens before, has removed
 * control characters from values, and has dropped other parameters that are too long.
 *
 * @param alias of the identity provider
 * @param wanted of the login
 * @param audience client ids, possibly none
 * @param interaction where a login that needs the person may go on
 */
public record ExchangeRequest(
        String alias,
        Submission submission,
        LoginRequest wanted,
        List<String> audience,
        RequestedToken requested,
        Optional<ReturnAddress> interaction) {
    /** Of other exchanges, which say something different about who the tokens are for. */
    private static final List<String> FOREIGN_PARAMETERS = List.of(
            OAuth2Constants.REQUESTED_ISSUER,
            OAuth2Constants.REQUESTED_SUBJECT,
            OAuth2Constants.ACTOR_TOKEN,
            OAuth2Constants.ACTOR_TOKEN_TYPE,
            OAuth2Constants.RESOURCE);

    /** Without one of these a request means something else: a wider audience, say, or a session instead of none. */
    static final List<String> PARAMETERS = Stream.of(
                    List.of(
                            OAuth2Constants.SUBJECT_ISSUER,
                            OAuth2Constants.REQUESTED_TOKEN_TYPE,
                            OAuth2Constants.SCOPE,
                            OIDCLoginProtocol.ACR_PARAM,
                            OAuth2Constants.AUDIENCE),
                    SubmissionParameters.ALL,
                    ContinuationParameters.ALL)
            .flatMap(List::stream)
            .toList();

    /** What no provider is handed: the grant, what it asks for, and who asks. */
    static final Set<String> REQUEST_PARAMETERS = Stream.concat(
                    PARAMETERS.stream(),
                    Stream.of(
                            OAuth2Constants.GRANT_TYPE,
                            OAuth2Constants.CLIENT_ID,
                            OAuth2Constants.CLIENT_SECRET,
                            OAuth2Constants.CLIENT_ASSERTION,
                            OAuth2Constants.CLIENT_ASSERTION_TYPE))
            .collect(Collectors.toUnmodifiableSet());

    private static final int MAX_ACR_VALUES = 512;

    /**
     * @param form what Keycloak has kept
     * @param sent the names of all parameters that were sent
     */
    static ExchangeRequest parse(MultivaluedMap<String, String> form, Set<String> sent, List<String> audience) {
        for (String foreign : FOREIGN_PARAMETERS) {
            if (sent.contains(foreign)) {
                throw SubmissionParameters.invalid(foreign + " cannot be combined with subject_issuer");
            }
        }
        PARAMETERS.stream()
                .filter(parameter -> sent.contains(parameter) && !form.containsKey(parameter))
                .findFirst()
                .ifPresent(dropped -> {
                    throw SubmissionParameters.invalid(dropped + " is too long");
                });
        String alias = SubmissionParameters.required(form, OAuth2Constants.SUBJECT_ISSUER);
        RequestedToken requested = RequestedToken.of(form.getFirst(OAuth2Constants.REQUESTED_TOKEN_TYPE));
        return new ExchangeRequest(
                alias,
                SubmissionParameters.parse(form, REQUEST_PARAMETERS),
                new LoginRequest(form.getFirst(OAuth2Constants.SCOPE), acrValues(form)),
                audience == null ? List.of() : audience,
                requested,
                ContinuationParameters.parse(form));
    }

    /** OpenID Connect Core §3.1.2.1. */
    private static String acrValues(MultivaluedMap<String, String> form) {
        String values = form.getFirst(OIDCLoginProtocol.ACR_PARAM);
        if (values != null && (values.isBlank() || values.length() > MAX_ACR_VALUES)) {
            throw SubmissionParameters.invalid(OIDCLoginProtocol.ACR_PARAM + " is empty or too long");
        }
        return values;
    }
}
