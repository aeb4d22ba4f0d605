package dev.socialexchange.keycloak.page;

import dev.socialexchange.keycloak.Digests;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.util.regex.Pattern;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.util.LocaleUtil;

/**
 * Binds the page's form to the browser that was shown it, to the link, and to whom the browser was signed in as: a form of
 * another site, or of another browser, does not go on, nor one that somebody answered as another user.
 */
public final class PageToken {
    private static final int SECRET_BYTES = 32;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final KeycloakSession session;
    private final boolean secure;
    private String secret;

    public PageToken(KeycloakSession session) {
        this.session = session;
        this.secure = "https".equals(session.getContext().getUri().getBaseUri().getScheme());
        this.secret = cookie(name());
    }

    /** Sets the cookie, if the browser has none yet: several pages may be open. */
    public String issue(String id, BrowserSession signedIn) {
        if (secret == null) {
            secret = Base64Url.encode(SecretGenerator.getInstance().randomBytes(SECRET_BYTES));
            set(name(), secret);
        }
        return token(id, signedIn);
    }

    /** That a page of the client's own has sent this browser to this link; after the token was issued. */
    public void rememberArrival(String id) {
        set(arrivalName(), arrival(id));
    }

    /** Whether that was remembered here: the page's language menu loads the page again. */
    public boolean remembersArrival(String id) {
        String arrived = cookie(arrivalName());
        return secret != null && arrived != null && Digests.same(arrived, arrival(id));
    }

    public boolean matches(String token, String id, BrowserSession signedIn) {
        return secret != null && token != null && isFromThisSite() && Digests.same(token, token(id, signedIn));
    }

    /** What browsers say by themselves; the origin is "null" where a page, as Keycloak's, sends no referrer. */
    private boolean isFromThisSite() {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        String origin = headers.getHeaderString("Origin");
        URI base = session.getContext().getUri().getBaseUri();
        return isSentByOwnPage(session)
                && (origin == null
                        || origin.equals("null")
                        || origin.equals(base.getScheme() + "://" + base.getRawAuthority()));
    }

    /** Only a page's own menu chooses a language: a link that somebody sends does not choose one that its reader may not understand. */
    public static void followLanguageMenu(KeycloakSession session) {
        if (isSentByOwnPage(session)) {
            LocaleUtil.processLocaleParam(session, session.getContext().getRealm(), null);
        }
    }

    /** Browsers leave the header out where a site has no TLS. */
    private static boolean isSentByOwnPage(KeycloakSession session) {
        String site = session.getContext().getHttpRequest().getHttpHeaders().getHeaderString("Sec-Fetch-Site");
        return site == null || site.equals("same-origin");
    }

    private String cookie(String name) {
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(name);
        return cookie != null && SECRET.matcher(cookie.getValue()).matches() ? cookie.getValue() : null;
    }

    private void set(String name, String value) {
        session.getContext()
                .getHttpResponse()
                .setCookieIfAbsent(new NewCookie.Builder(name)
                        .value(value)
                        .path("/")
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite(NewCookie.SameSite.STRICT)
                        .build());
    }

    /** The prefix keeps other hosts of the domain from setting it. */
    private String name() {
        return secure ? "__Host-social-exchange" : "social-exchange";
    }

    private String arrivalName() {
        return name() + "-arrival";
    }

    private String token(String id, BrowserSession signedIn) {
        return Digests.sha256Base64Url(secret + '\n' + id + '\n' + signedIn.sessionId());
    }

    private String arrival(String id) {
        return Digests.sha256Base64Url(secret + '\n' + id + "\narrival");
    }
}
