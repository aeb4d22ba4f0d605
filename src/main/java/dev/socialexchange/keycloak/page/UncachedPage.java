package dev.socialexchange.keycloak.page;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPage;

/** A page about somebody's account, which nobody keeps. */
public final class UncachedPage {

    private UncachedPage() {}

    /** That something is wrong. */
    public static Response error(KeycloakSession session, Response.Status status, String message) {
        return of(ErrorPage.error(session, null, status, message));
    }

    /** That something is so; it leads nowhere. */
    public static Response info(KeycloakSession session, String title, String message, Object... values) {
        return of(session.getProvider(LoginFormsProvider.class)
                .setAttribute("messageHeader", title)
                .setAttribute(Constants.SKIP_LINK, true)
                .setInfo(message, values)
                .createInfoPage());
    }

    public static Response of(Response page) {
        return Response.fromResponse(page)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
