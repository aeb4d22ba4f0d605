package dev.socialexchange.keycloak.door;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keycloak.http.FormPartValue;
import org.keycloak.http.HttpRequest;

/** A request of another shape, as Keycloak's own endpoints read requests: a form instead of whatever was sent. */
record FormInstead(HttpRequest sent, MultivaluedMap<String, String> form) implements HttpRequest {

    @Override
    public String getHttpMethod() {
        return sent.getHttpMethod();
    }

    @Override
    public MultivaluedMap<String, String> getDecodedFormParameters() {
        return form;
    }

    @Override
    public MultivaluedMap<String, FormPartValue> getMultiPartFormParameters() {
        throw new UnsupportedOperationException("a form without parts");
    }

    @Override
    public HttpHeaders getHttpHeaders() {
        return new Headers(sent.getHttpHeaders());
    }

    @Override
    public X509Certificate[] getClientCertificateChain() {
        return sent.getClientCertificateChain();
    }

    @Override
    public UriInfo getUri() {
        return sent.getUri();
    }

    @Override
    public boolean isProxyTrusted() {
        return sent.isProxyTrusted();
    }

    /** Those that were sent, of a form. */
    private record Headers(HttpHeaders sent) implements HttpHeaders {

        @Override
        public MediaType getMediaType() {
            return MediaType.APPLICATION_FORM_URLENCODED_TYPE;
        }

        @Override
        public List<String> getRequestHeader(String name) {
            return CONTENT_TYPE.equalsIgnoreCase(name)
                    ? List.of(MediaType.APPLICATION_FORM_URLENCODED)
                    : sent.getRequestHeader(name);
        }

        @Override
        public String getHeaderString(String name) {
            return CONTENT_TYPE.equalsIgnoreCase(name)
                    ? MediaType.APPLICATION_FORM_URLENCODED
                    : sent.getHeaderString(name);
        }

        @Override
        public MultivaluedMap<String, String> getRequestHeaders() {
            return sent.getRequestHeaders();
        }

        @Override
        public List<MediaType> getAcceptableMediaTypes() {
            return sent.getAcceptableMediaTypes();
        }

        @Override
        public List<Locale> getAcceptableLanguages() {
            return sent.getAcceptableLanguages();
        }

        @Override
        public Locale getLanguage() {
            return sent.getLanguage();
        }

        @Override
        public Map<String, Cookie> getCookies() {
            return sent.getCookies();
        }

        @Override
        public Date getDate() {
            return sent.getDate();
        }

        @Override
        public int getLength() {
            return sent.getLength();
        }
    }
}
