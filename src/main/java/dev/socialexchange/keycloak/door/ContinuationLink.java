package dev.socialexchange.keycloak.door;

/**
 * A link that continues a login in a browser, once.
 *
 * @param expiresIn seconds
 */
public record ContinuationLink(String uri, int expiresIn) {

    /** Whoever has the link can open it. */
    @Override
    public String toString() {
        return "expires in " + expiresIn;
    }
}
