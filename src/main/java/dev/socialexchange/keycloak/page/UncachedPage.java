package dev.socialexchange.keycloak.page;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** A page about somebody's account, which nobody keeps. */
public final class UncachedPage {

    private UncachedPage() {}

    public static Response of(Response page) {
        return Response.fromResponse(page)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
