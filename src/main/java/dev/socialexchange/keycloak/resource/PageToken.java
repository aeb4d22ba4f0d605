package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.Digests;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.util.regex.Pattern;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;

/**
 * Binds the page's form to the browser that was shown it, to the link, and to whom the browser was signed in as: a form of
 * another site, or of another browser, does not go on, nor one that somebody answered as another user.
 */
final class PageToken {
    private static final int SECRET_BYTES = 32;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final KeycloakSession session;
    private final boolean secure;

    PageToken(KeycloakSession session) {
        this.session = session;
        this.secure = "https".equals(session.getContext().getUri().getBaseUri().getScheme());
    }

    /** Sets the cookie, if the browser has none yet: several pages may be open. */
    String issue(String id, SignedIn signedIn) {
        String secret = cookie();
        if (secret == null) {
            secret = Base64Url.encode(SecretGenerator.getInstance().randomBytes(SECRET_BYTES));
            session.getContext()
                    .getHttpResponse()
                    .setCookieIfAbsent(new NewCookie.Builder(name())
                            .value(secret)
                            .path("/")
                            .httpOnly(true)
                            .secure(secure)
                            .sameSite(NewCookie.SameSite.STRICT)
                            .build());
        }
        return token(secret, id, signedIn);
    }

    boolean matches(String token, String id, SignedIn signedIn) {
        String secret = cookie();
        return secret != null && token != null && isFromThisSite() && Digests.same(token, token(secret, id, signedIn));
    }

    /** What browsers say by themselves; the origin is "null" where a page, as Keycloak's, sends no referrer. */
    private boolean isFromThisSite() {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        String site = headers.getHeaderString("Sec-Fetch-Site");
        String origin = headers.getHeaderString("Origin");
        URI base = session.getContext().getUri().getBaseUri();
        return (site == null || site.equals("same-origin"))
                && (origin == null
                        || origin.equals("null")
                        || origin.equals(base.getScheme() + "://" + base.getRawAuthority()));
    }

    private String cookie() {
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(name());
        return cookie != null && SECRET.matcher(cookie.getValue()).matches() ? cookie.getValue() : null;
    }

    /** The prefix keeps other hosts of the domain from setting it. */
    private String name() {
        return secure ? "__Host-social-exchange" : "social-exchange";
    }

    private static String token(String secret, String id, SignedIn signedIn) {
        return Digests.sha256Base64Url(secret + '\n' + id + '\n' + signedIn.sessionId());
    }
}
