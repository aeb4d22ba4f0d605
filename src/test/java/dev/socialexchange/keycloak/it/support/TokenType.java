package dev.socialexchange.keycloak.it.support;

/** Token types by the URNs that go over the wire, spelled out here so that a typing error in ours cannot cancel out. */
public final class TokenType {

    public static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    public static final String REFRESH_TOKEN = "urn:ietf:params:oauth:token-type:refresh_token";
    public static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    public static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    public static final String AUTHORIZATION_CODE = "urn:keycloak:social-exchange:token-type:authorization_code";
    public static final String SIGNED_DATA = "urn:keycloak:social-exchange:token-type:signed_data";

    private TokenType() {}
}
