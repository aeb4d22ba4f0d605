package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.urls.HostnameProvider;
import org.keycloak.urls.UrlType;

/** How a realm names itself when nobody has come by any address. */
class BackgroundRequestTest {
    private final Map<String, Object> attributes = new HashMap<>();
    private final HttpRequest[] request = new HttpRequest[1];
    private UnaryOperator<URI> hostname = asked -> asked;
    private final KeycloakSession session = session();

    @Test
    void serverWithoutAHostnameOfItsOwnCannotNameItself() {
        BackgroundRequest.begin(session);

        assertThat(BackgroundRequest.isNowhere(session)).isTrue();
        assertThat(base().getHost()).as("no name that may be somebody's").endsWith(".invalid");
    }

    /** The server's, or the realm's own: Keycloak asks for the request's address in neither case. */
    @Test
    void hostnameThatIsSetIsTheOneThatAppsKnow() {
        hostname = asked -> URI.create("https://sso.example:8443/auth/");
        BackgroundRequest.begin(session);

        assertThat(BackgroundRequest.isNowhere(session)).isFalse();
        assertThat(base()).isEqualTo(URI.create("https://sso.example:8443/auth/"));
    }

    /** Keycloak takes the rest from the request then. */
    @Test
    void bareHostnameIsOneOfHttps() {
        hostname = asked -> URI.create(asked.getScheme() + "://sso.example" + asked.getPath());
        BackgroundRequest.begin(session);

        assertThat(BackgroundRequest.isNowhere(session)).isFalse();
        assertThat(base()).isEqualTo(URI.create("https://sso.example/"));
    }

    @Test
    void requestThatSomebodyHasSentIsSomewhere() {
        hostname = asked -> URI.create("https://nowhere.invalid/");

        assertThat(BackgroundRequest.isNowhere(session)).isFalse();
    }

    private URI base() {
        return session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
    }

    private KeycloakSession session() {
        KeycloakSession[] made = new KeycloakSession[1];
        HostnameProvider names = new HostnameProvider() {
            @Override
            public URI getBaseUri(UriInfo original, UrlType type) {
                return hostname.apply(original.getBaseUri());
            }
        };
        KeycloakContext context = RealTypes.fake(
                KeycloakContext.class,
                Map.of(
                        "setHttpRequest",
                        arguments -> request[0] = (HttpRequest) arguments[0],
                        "getUri",
                        arguments -> new KeycloakUriInfo(made[0], (UrlType) arguments[0], request[0].getUri())));
        made[0] = RealTypes.fake(
                KeycloakSession.class,
                Map.of(
                        "getContext", arguments -> context,
                        "getProvider", arguments -> names,
                        "setAttribute", arguments -> attributes.put((String) arguments[0], arguments[1]),
                        "getAttribute", arguments -> attributes.get((String) arguments[0])));
        return made[0];
    }
}
