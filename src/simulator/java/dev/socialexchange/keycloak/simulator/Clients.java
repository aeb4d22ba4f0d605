package dev.socialexchange.keycloak.simulator;

/** RFC 6749 section 2.3. */
final class Clients {

    private Clients() {}

    /**
     * The client that the request comes from.
     *
     * @param publicAllowed whether a client may leave out its secret if its code is bound by PKCE
     */
    static String authenticate(Provider provider, Request request, boolean publicAllowed) {
        Credentials credentials =
                request.credentials().orElseThrow(() -> OAuthFailure.invalidClient("Client authentication is missing"));
        String secret = provider.secret(credentials.clientId());
        if (secret == null) {
            throw OAuthFailure.unknownClient("The OAuth client was not found.");
        }
        boolean publicClient = credentials.secret() == null;
        boolean byVerifier = publicAllowed && request.parameter("code_verifier") != null;
        if (publicClient ? !byVerifier : !secret.equals(credentials.secret())) {
            throw OAuthFailure.invalidClient("Unauthorized");
        }
        return credentials.clientId();
    }
}
