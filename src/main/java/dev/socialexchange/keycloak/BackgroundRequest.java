package dev.socialexchange.keycloak;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keycloak.http.FormPartValue;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/**
 * The request of a task that nobody has sent. Ending a session asks Keycloak (26.7) for one: its headers, and its address where
 * the server has no hostname of its own.
 */
public final class BackgroundRequest implements HttpRequest {
    private static final String ATTRIBUTE = BackgroundRequest.class.getName();
    /** No server has this name (RFC 6761 §6.4). A bare host name of the server's is taken for one of HTTPS. */
    private static final URI NOWHERE = URI.create("https://nowhere.invalid/");

    private BackgroundRequest() {}

    public static void begin(KeycloakSession session) {
        BackgroundRequest request = new BackgroundRequest();
        session.setAttribute(ATTRIBUTE, request);
        session.getContext().setHttpRequest(request);
    }

    /** Whether the realm cannot name itself now: nobody has come by any address, and neither it nor the server has one of its own. */
    public static boolean isNowhere(KeycloakSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof BackgroundRequest
                && NOWHERE.getHost()
                        .equals(session.getContext()
                                .getUri(UrlType.FRONTEND)
                                .getBaseUri()
                                .getHost());
    }

    /** A further session for the same work. */
    static void carry(KeycloakSession from, KeycloakSession to) {
        if (from.getAttribute(ATTRIBUTE) instanceof BackgroundRequest) {
            begin(to);
        }
    }

    @Override
    public String getHttpMethod() {
        return "POST";
    }

    @Override
    public MultivaluedMap<String, String> getDecodedFormParameters() {
        return new MultivaluedHashMap<>();
    }

    @Override
    public MultivaluedMap<String, FormPartValue> getMultiPartFormParameters() {
        return new MultivaluedHashMap<>();
    }

    @Override
    public HttpHeaders getHttpHeaders() {
        return new NoHeaders();
    }

    @Override
    public X509Certificate[] getClientCertificateChain() {
        return new X509Certificate[0];
    }

    @Override
    public boolean isProxyTrusted() {
        return false;
    }

    @Override
    public UriInfo getUri() {
        return (UriInfo) Proxy.newProxyInstance(
                UriInfo.class.getClassLoader(), new Class<?>[] {UriInfo.class}, (proxy, method, arguments) -> {
                    if (method.getReturnType() == URI.class) {
                        return NOWHERE;
                    }
                    if (method.getReturnType() == UriBuilder.class) {
                        return UriBuilder.fromUri(NOWHERE);
                    }
                    if (method.getReturnType() == MultivaluedMap.class) {
                        return new MultivaluedHashMap<String, String>();
                    }
                    return method.getReturnType() == String.class ? "/" : List.of();
                });
    }

    private record NoHeaders() implements HttpHeaders {
        @Override
        public List<String> getRequestHeader(String name) {
            return List.of();
        }

        @Override
        public String getHeaderString(String name) {
            return null;
        }

        @Override
        public MultivaluedMap<String, String> getRequestHeaders() {
            return new MultivaluedHashMap<>();
        }

        @Override
        public List<MediaType> getAcceptableMediaTypes() {
            return List.of();
        }

        @Override
        public List<Locale> getAcceptableLanguages() {
            return List.of();
        }

        @Override
        public MediaType getMediaType() {
            return null;
        }

        @Override
        public Locale getLanguage() {
            return null;
        }

        @Override
        public Map<String, Cookie> getCookies() {
            return Map.of();
        }

        @Override
        public Date getDate() {
            return null;
        }

        @Override
        public int getLength() {
            return -1;
        }
    }
}
