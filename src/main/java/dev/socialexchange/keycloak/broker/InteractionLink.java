package dev.socialexchange.keycloak.broker;

/**
 * A link that continues a login in a browser, once.
 *
 * @param expiresIn seconds
 */
public record InteractionLink(String uri, int expiresIn) {

    /** Whoever has the link can open it. */
    @Override
    public String toString() {
        return "expires in " + expiresIn;
    }
}
