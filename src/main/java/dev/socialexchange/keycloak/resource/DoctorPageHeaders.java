package dev.socialexchange.keycloak.resource;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.urls.UrlType;

/**
 * The page holds an administrator's access token: it runs its own files only, talks to this server only, stands in nobody's frame, and
 * makes no markup of text.
 */
final class DoctorPageHeaders {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'%s; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    /** Keycloak (26.7) writes those of the realm, which are for its login pages, over whatever an answer has. */
    private static final Set<BrowserSecurityHeaders> OURS = Set.of(
            BrowserSecurityHeaders.CONTENT_SECURITY_POLICY,
            BrowserSecurityHeaders.CONTENT_SECURITY_POLICY_REPORT_ONLY,
            BrowserSecurityHeaders.X_FRAME_OPTIONS);

    private DoctorPageHeaders() {}

    /** @param caching the value of {@code Cache-Control} */
    static Response.ResponseBuilder on(KeycloakSession session, Response.ResponseBuilder answer, String caching) {
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        headers(session).forEach(answer::header);
        return answer.header("Cache-Control", caching);
    }

    private static Map<String, String> headers(KeycloakSession session) {
        Map<String, String> headers = new LinkedHashMap<>();
        RealmModel realm = session.getContext().getRealm();
        for (BrowserSecurityHeaders header : BrowserSecurityHeaders.values()) {
            String value = realm.getBrowserSecurityHeaders().getOrDefault(header.getKey(), header.getDefaultValue());
            if (!OURS.contains(header) && value != null && !value.isEmpty()) {
                headers.put(header.getHeaderName(), value);
            }
        }
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(
                "Content-Security-Policy",
                policy(
                        session.getContext().getUri(UrlType.FRONTEND).getBaseUri(),
                        session.getContext().getUri(UrlType.ADMIN).getBaseUri()));
        return headers;
    }

    /** Where {@code hostname-admin} gives the admin API an address of its own, the page calls both from either. */
    static String policy(URI frontEnd, URI admin) {
        String here = origin(frontEnd);
        String there = origin(admin);
        return POLICY.formatted(here.equals(there) ? "" : ' ' + here + ' ' + there);
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
