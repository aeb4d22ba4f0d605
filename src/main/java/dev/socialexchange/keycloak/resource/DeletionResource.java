package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.effect.DeletionRequests;
import dev.socialexchange.keycloak.effect.DeletionStatus;
import dev.socialexchange.keycloak.page.GuardedPage;
import dev.socialexchange.keycloak.page.LongDay;
import dev.socialexchange.keycloak.page.PageToken;
import dev.socialexchange.keycloak.page.UncachedPage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/**
 * What has become of a request to be forgotten, for whoever has its code: it names nobody, changes nothing and leads nowhere.
 */
public class DeletionResource {
    private static final String MESSAGES = "socialExchange-interaction-deletion-";

    private final KeycloakSession session;

    DeletionResource(KeycloakSession session) {
        this.session = session;
    }

    @GET
    @Path("{code}")
    public Response show(@PathParam("code") String code) {
        EventBuilder event = RequestEvent.of(session).event(EventType.DELETE_ACCOUNT);
        return GuardedPage.of(session, event, () -> shown(code));
    }

    private Response shown(String code) {
        PageToken.followLanguageMenu(session);
        Optional<DeletionStatus> status = new DeletionRequests(session).status(code);
        return status.map(this::page)
                .orElseGet(() -> UncachedPage.error(session, Response.Status.NOT_FOUND, MESSAGES + "unknown"));
    }

    /** An administrator's text, in which nothing is markup and nothing is replaced. */
    private static String shown(DeletionStatus status) {
        return status.reason()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("${", "$ {"); // Keycloak (26.7) replaces what stands so in a message's values, too
    }

    private Response page(DeletionStatus status) {
        if (status.due().isPresent()) {
            return UncachedPage.info(
                    session,
                    MESSAGES + "title",
                    MESSAGES + "open-due",
                    LongDay.of(status.due().get(), session.getContext().resolveLocale(null)));
        }
        boolean withReason = status.state() == DeletionStatus.State.REFUSED
                && !status.reason().isBlank();
        String message = MESSAGES + status.state().name().toLowerCase(Locale.ROOT) + (withReason ? "-reason" : "");
        return UncachedPage.info(session, MESSAGES + "title", message, shown(status));
    }
}
