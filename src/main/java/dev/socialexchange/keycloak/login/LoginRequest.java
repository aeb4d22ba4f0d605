package dev.socialexchange.keycloak.login;

/**
 * What a login is asked for, in the words of an authorization request.
 *
 * @param scope decides about consent; {@code null} for the client's defaults
 * @param acrValues levels of authentication (OpenID Connect Core §3.1.2.1), {@code null} for the client's own
 */
public record LoginRequest(String scope, String acrValues) {}
