package dev.socialexchange.keycloak.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.services.cors.Cors;

/** RFC 6749 §5.2, with the machine code that front ends rely on. */
public record Refusal(
        String error,
        @JsonProperty("error_description") String description,
        @JsonProperty("error_reason") String reason,
        @JsonProperty("error_uri") @JsonInclude(JsonInclude.Include.NON_NULL) String uri,
        @JsonProperty("interaction_uri") @JsonInclude(JsonInclude.Include.NON_NULL) String interactionUri,
        @JsonProperty("interaction_expires_in") @JsonInclude(JsonInclude.Include.NON_NULL)
                Integer interactionExpiresIn) {

    /** What a script of another origin could not read otherwise. */
    private static final String[] EXPOSED = {HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE};

    static Refusal of(ExchangeException refused, Optional<ContinuationLink> link) {
        ExchangeError error = refused.error();
        return new Refusal(
                error.error(),
                refused.getMessage(),
                error.reason(),
                ErrorPages.configured().about(error).orElse(null),
                link.map(ContinuationLink::uri).orElse(null),
                link.map(ContinuationLink::expiresIn).orElse(null));
    }

    /**
     * The answer to a request that was refused.
     *
     * @param link where the person can go on, when a browser helps
     */
    static Response answer(ExchangeException refused, Optional<ContinuationLink> link, Cors cors) {
        ExchangeError error = refused.error();
        Response.ResponseBuilder response = Response.status(error.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(of(refused, link));
        if (error.isTemporary()) {
            response.header(HttpHeaders.RETRY_AFTER, refused.retryAfter());
        } else if (error.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"" + error.error() + '"');
        } else {
            return cors.add(response);
        }
        return cors.exposedHeaders(EXPOSED).add(response);
    }

    public static Response answer(ExchangeException refused, Cors cors) {
        return answer(refused, Optional.empty(), cors);
    }
}
