package dev.socialexchange.keycloak;

import org.keycloak.common.ClientConnection;

/** Of work that no request has begun: Keycloak 26.6 fails where its context is asked for the request's and there is none. */
public final class NobodysConnection implements ClientConnection {

    @Override
    public String getRemoteAddr() {
        return null;
    }

    @Override
    public String getRemoteHost() {
        return null;
    }

    @Override
    public int getRemotePort() {
        return 0;
    }

    @Override
    public String getLocalAddr() {
        return null;
    }

    @Override
    public int getLocalPort() {
        return 0;
    }
}
