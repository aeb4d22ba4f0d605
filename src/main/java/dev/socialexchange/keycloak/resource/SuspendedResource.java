package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.login.ReprovenLinks;
import dev.socialexchange.keycloak.login.ResumeMail;
import dev.socialexchange.keycloak.page.GuardedPage;
import dev.socialexchange.keycloak.page.PageToken;
import dev.socialexchange.keycloak.page.ProviderName;
import dev.socialexchange.keycloak.page.UncachedPage;
import dev.socialexchange.keycloak.provider.SuspendedLink;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;

/**
 * How somebody gets back in whose link is suspended: the page that a browser login has ended at offers a mail to the user's own address, and the
 * page behind the link in that mail opens the link again. Looking at either changes nothing: mail is scanned.
 */
public class SuspendedResource {
    private static final String TEMPLATE = "social-exchange-suspended.ftl";
    private static final String MESSAGES = "socialExchange-interaction-suspended-";

    private final KeycloakSession session;

    SuspendedResource(KeycloakSession session) {
        this.session = session;
    }

    @GET
    @Path("{token}")
    public Response show(@PathParam("token") String token) {
        return GuardedPage.of(session, event(), () -> shown(token));
    }

    private Response shown(String token) {
        PageToken.followLanguageMenu(session);
        return SuspendedLink.read(session, token)
                .map(link -> UncachedPage.of(session.getProvider(LoginFormsProvider.class)
                        .setAttribute("suspendedToken", token)
                        .setAttribute("suspendedStep", link.step().name())
                        .setAttribute("suspendedMailbox", link.mailbox())
                        .setAttribute("foreignProvider", provider(link))
                        .createForm(TEMPLATE)))
                .orElseGet(() -> failed("gone"));
    }

    @POST
    @Path("{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(@PathParam("token") String token) {
        EventBuilder event = event();
        return GuardedPage.of(session, event, () -> done(token, event));
    }

    private Response done(String token, EventBuilder event) {
        Optional<SuspendedLink> link = SuspendedLink.read(session, token);
        if (link.isEmpty()) {
            event.error(Errors.EXPIRED_CODE);
            return failed("gone");
        }
        return link.get().step() == SuspendedLink.Step.RESUME
                ? resumed(link.get(), event)
                : link.get().mailbox() ? mailed(link.get()) : failed("gone");
    }

    private Response mailed(SuspendedLink link) {
        return ResumeMail.send(session, link) ? info("mailed", link) : failed("not-mailed");
    }

    private Response resumed(SuspendedLink link, EventBuilder event) {
        ReprovenLinks.resume(session, link.user().getId(), link.account());
        event.user(link.user())
                .detail(Details.USERNAME, link.user().getUsername())
                .detail(Details.IDENTITY_PROVIDER, link.account().alias())
                .detail(Details.REASON, "resumed_by_mail")
                .success();
        return info("resumed", link);
    }

    private Response info(String what, SuspendedLink link) {
        return UncachedPage.info(session, MESSAGES + what + "-title", MESSAGES + what, provider(link));
    }

    private String provider(SuspendedLink link) {
        return ProviderName.of(session, link.account().alias());
    }

    private EventBuilder event() {
        return RequestEvent.of(session).event(EventType.FEDERATED_IDENTITY_LINK);
    }

    private Response failed(String what) {
        return UncachedPage.error(session, Response.Status.BAD_REQUEST, MESSAGES + what);
    }
}
