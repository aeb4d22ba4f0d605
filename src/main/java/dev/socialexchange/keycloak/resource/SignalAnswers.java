package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.Placeholders;
import dev.socialexchange.keycloak.descriptor.SignalRules;
import dev.socialexchange.keycloak.signal.Heard;
import dev.socialexchange.keycloak.signal.SignalRefusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/** Answers to providers, each as its documentation wants them, with the errors of RFC 8935 §2.4. */
record SignalAnswers(KeycloakSession session) {
    private static final String LATER = "temporarily_unavailable";

    /** @param type the provider's, for meters */
    record Rules(String type, SignalRules signals) {

        boolean answersCode() {
            return signals.answer().json().values().stream().anyMatch(value -> value.contains(SignalRules.CODE));
        }
    }

    /** @param code of a request to be forgotten */
    Response taken(Rules rules, Optional<String> code) {
        SignalRules.Answer answer = rules.signals().answer();
        Response.ResponseBuilder response = Response.status(answer.status());
        if (!answer.json().isEmpty() && code.isPresent()) {
            Map<String, String> members = new LinkedHashMap<>();
            answer.json().forEach((name, value) -> members.put(name, filled(value, code.get())));
            response.type(MediaType.APPLICATION_JSON_TYPE).entity(members);
        }
        return sealed(response);
    }

    private String filled(String template, String code) {
        return Placeholders.fill(template, word -> switch (word) {
            case SignalRules.CODE -> code;
            case SignalRules.STATUS_URL -> statusUrl(code);
            default -> null;
        });
    }

    /** Of the realm as people see it, whatever host the provider has called. */
    private String statusUrl(String code) {
        return Urls.realmBase(session.getContext().getUri(UrlType.FRONTEND).getBaseUri())
                .path("{realm}/social-exchange/deletion/{code}")
                .build(session.getContext().getRealm().getName(), code)
                .toString();
    }

    Response challenge(Heard.Asked asked) {
        Response.ResponseBuilder response = Response.status(asked.status()).type(asked.mediaType());
        return sealed(asked.body().isEmpty() ? response : response.entity(asked.body()));
    }

    /** Nothing is here, or nothing that listens. */
    Response nothing() {
        return error(Response.Status.NOT_FOUND.getStatusCode(), "not_found", "Nobody listens here")
                .build();
    }

    Response refusal(Rules rules, SignalRefusal refused) {
        return error(
                        rules.signals().answer().refused(),
                        refused.error().code(),
                        refused.error().description())
                .build();
    }

    /** For the provider to try again, where that helps. */
    Response failure(ExchangeException refused) {
        boolean later = refused.error().isTemporary();
        Response.ResponseBuilder response = error(
                later ? refused.error().status() : Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
                LATER,
                "The signal cannot be taken now; send it again later");
        return response.header(HttpHeaders.RETRY_AFTER, refused.retryAfter()).build();
    }

    private static Response.ResponseBuilder error(int status, String code, String description) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("err", code);
        members.put("description", description);
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_LANGUAGE, "en")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(members);
    }

    private Response sealed(Response.ResponseBuilder response) {
        // Keycloak (26.7) takes an answer without a body, and so without a type, for a mistake
        session.getProvider(SecurityHeadersProvider.class).options().allowEmptyContentType();
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
