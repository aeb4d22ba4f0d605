package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.continuation.ContinuationPolicy;
import dev.socialexchange.keycloak.login.LinkUndo;
import dev.socialexchange.keycloak.page.GuardedPage;
import dev.socialexchange.keycloak.page.PageToken;
import dev.socialexchange.keycloak.page.ProviderName;
import dev.socialexchange.keycloak.page.UncachedPage;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The page behind the link in the mail about a new link. Looking at it changes nothing: mail is scanned. Its form needs no
 * login, since the owner of the mailbox may be locked out, and no secret beside the one in its own address.
 */
public class UnlinkResource {
    private static final String TEMPLATE = "social-exchange-unlink.ftl";
    private static final String GONE = "socialExchange-interaction-unlink-gone";

    private final KeycloakSession session;

    UnlinkResource(KeycloakSession session) {
        this.session = session;
    }

    @GET
    @Path("{token}")
    public Response show(@PathParam("token") String token) {
        return GuardedPage.of(session, event(), () -> shown(token));
    }

    private Response shown(String token) {
        PageToken.followLanguageMenu(session);
        return undo(token)
                .map(undo -> UncachedPage.of(session.getProvider(LoginFormsProvider.class)
                        .setAttribute("unlinkToken", token)
                        .setAttribute("foreignProvider", ProviderName.of(session, undo.alias()))
                        .setAttribute("foreignName", undo.account().name())
                        .createForm(TEMPLATE)))
                .orElseGet(this::gone);
    }

    @POST
    @Path("{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(@PathParam("token") String token) {
        EventBuilder event = event();
        return GuardedPage.of(session, event, () -> undone(token, event));
    }

    private Response undone(String token, EventBuilder event) {
        Optional<LinkUndo> undo = undo(token);
        if (undo.isEmpty()) {
            event.error(Errors.EXPIRED_CODE);
            return gone();
        }
        String provider = ProviderName.of(session, undo.get().alias());
        undo.get().run(event);
        return UncachedPage.info(
                session,
                "socialExchange-interaction-unlink-done-title",
                "socialExchange-interaction-unlink-done",
                provider);
    }

    private EventBuilder event() {
        return RequestEvent.of(session).event(EventType.REMOVE_FEDERATED_IDENTITY);
    }

    private Optional<LinkUndo> undo(String token) {
        return ContinuationPolicy.isOpen(session) ? LinkUndo.of(session, token) : Optional.empty();
    }

    private Response gone() {
        return UncachedPage.error(session, Response.Status.BAD_REQUEST, GONE);
    }
}
