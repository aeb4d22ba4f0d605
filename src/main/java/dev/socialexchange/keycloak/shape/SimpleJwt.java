package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Pairs of tokens as djangorestframework-simplejwt takes, gives and refuses them, which other packages stand upon. */
final class SimpleJwt {
    static final String REFRESH = "token/refresh";

    private SimpleJwt() {}

    static Meant refresh(AppRequest request) {
        return request.text("refresh").<Meant>map(Meant.Refresh::new).orElseGet(() -> required("refresh"));
    }

    /** A field that is not there. */
    static Meant required(String field) {
        return Meant.missing(AppAnswer.ofList(AppAnswer.BAD_REQUEST, field, "This field is required."));
    }

    static ObjectNode pair(Issued issued) {
        return AppAnswer.object()
                .put("access", issued.text("access_token"))
                .put("refresh", issued.text("refresh_token"));
    }

    static AppAnswer notValid(String detail) {
        return new AppAnswer(
                AppAnswer.UNAUTHORIZED, AppAnswer.object().put("detail", detail).put("code", "token_not_valid"));
    }
}
