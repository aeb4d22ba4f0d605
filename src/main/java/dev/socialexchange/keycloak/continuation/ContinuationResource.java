package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.page.BrowserSession;
import dev.socialexchange.keycloak.page.GuardedPage;
import dev.socialexchange.keycloak.page.NotMyAccount;
import dev.socialexchange.keycloak.page.PageToken;
import dev.socialexchange.keycloak.telemetry.Recorder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPage;

/**
 * The page behind an interaction link. Looking at it changes nothing, however often and by whomever; its form goes on once,
 * and only from the browser that was shown it.
 */
public class ContinuationResource {
    static final String TOKEN = "token";
    static final String CANCEL = "cancel";
    static final String NOT_MINE = "not_mine";

    private static final String GONE = "socialExchange-interaction-gone";
    private static final String CHANGED = "socialExchange-interaction-changed";
    private static final String ELSEWHERE = "socialExchange-interaction-elsewhere";

    private final KeycloakSession session;
    private final EventBuilder event;

    public ContinuationResource(KeycloakSession session) {
        this.session = session;
        this.event = RequestEvent.of(session).event(EventType.LOGIN);
    }

    /**
     * The id is in the path, since the page's language menu keeps nothing else. Only that menu chooses a language: a link that
     * somebody sends does not choose one that its reader may not understand.
     */
    @GET
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        return GuardedPage.of(session, event, () -> shown(id));
    }

    private Response shown(String id) {
        PageToken.followLanguageMenu(session);
        Optional<Continuation> found = new ContinuationStore(session).find(id);
        return found.isEmpty() ? gone() : show(id, found.get(), false);
    }

    private Response show(String id, Continuation continuation, boolean again) {
        ContinuationPolicy gate = new ContinuationPolicy(session, continuation);
        Optional<ClientModel> client = gate.client();
        if (client.isEmpty()) {
            return failed(CHANGED);
        }
        boolean arrived = new FrontEndOrigin(session, client.get()).sentTheBrowser()
                || new PageToken(session).remembersArrival(id);
        return gate.needsArrival(client.get()) && !arrived
                ? failed(ELSEWHERE)
                : new ContinuationPage(session, continuation, client.get()).render(id, arrived, again);
    }

    /** A form of the client's own page only shows the page, as following the link does; the page's own form goes on. */
    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response goOn(@PathParam("id") String id) {
        return GuardedPage.of(session, event, () -> goneOn(id));
    }

    private Response goneOn(String id) {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        ContinuationStore store = new ContinuationStore(session);
        Optional<Continuation> found = store.find(id);
        if (found.isEmpty()) {
            event.error(Errors.EXPIRED_CODE);
            return gone();
        }
        Continuation continuation = found.get();
        BrowserSession signedIn = BrowserSession.of(session);
        if (!new PageToken(session).matches(form.getFirst(TOKEN), id, signedIn)) {
            return show(id, continuation, form.containsKey(TOKEN));
        }
        Optional<ClientModel> client = new ContinuationPolicy(session, continuation).client();
        if (client.isEmpty()) {
            return refused(CHANGED, Errors.NOT_ALLOWED);
        }
        event.client(client.get())
                .detail(Details.IDENTITY_PROVIDER, continuation.account().alias());
        if (store.take(id).isEmpty()) {
            event.error(Errors.EXPIRED_CODE);
            return gone(); // somebody was faster
        }
        count(form.containsKey(CANCEL) ? "cancelled" : "begun");
        if (NOT_MINE.equals(form.getFirst(CANCEL))) {
            event.detail(
                    Details.IDENTITY_PROVIDER_USERNAME, continuation.account().username());
            return NotMyAccount.answer(session, event);
        }
        if (form.containsKey(CANCEL)) {
            event.error(Errors.REJECTED_BY_USER);
            return new AccessDenied(session, client.get(), continuation.interaction()).redirect();
        }
        return new ContinuedLogin(session, client.get(), continuation, event)
                .start(signedIn.makeRoomFor(continuation.account().linkedUser(session)))
                .orElseGet(() -> refused(CHANGED, Errors.NOT_ALLOWED));
    }

    private Response refused(String message, String error) {
        event.error(error);
        return failed(message);
    }

    private Response gone() {
        count("expired");
        return failed(GONE);
    }

    private void count(String step) {
        session.getProvider(Recorder.class).continuation(step);
    }

    private Response failed(String message) {
        return ErrorPage.error(session, null, Response.Status.BAD_REQUEST, message);
    }
}
