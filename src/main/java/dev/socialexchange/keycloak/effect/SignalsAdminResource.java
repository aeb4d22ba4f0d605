package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.login.ReprovenLinks;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.SignalSettings;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.urls.UrlType;

/**
 * {@code /admin/realms/{realm}/social-exchange/signals}: where providers may say what, what is done about it, and what waits for somebody to
 * decide. Whoever may manage a user decides about that user, be it by a permission for this one alone.
 */
public class SignalsAdminResource {
    private static final int MOST = 100;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    public SignalsAdminResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /**
     * A provider that may say something by itself.
     *
     * @param mode {@code off}, {@code audit} or {@code enforce}
     * @param addresses URLs by name, for the provider's console
     * @param actions what is done, by neutral event
     */
    public record Listening(
            String alias, String type, String mode, Map<String, String> addresses, Map<String, String> actions) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Listening> providers() {
        auth.realm().requireViewIdentityProviders();
        return session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .flatMap(model -> ExchangeIdentityProviders.any(session, model).stream())
                .filter(ExchangeIdentityProvider::isUsable)
                .filter(provider -> !provider.descriptor().signals().isEmpty())
                .map(this::listening)
                .toList();
    }

    private Listening listening(ExchangeIdentityProvider provider) {
        SignalSettings settings = provider.settings().signals();
        Map<String, String> addresses = new TreeMap<>();
        Map<String, String> actions = new TreeMap<>();
        provider.descriptor().signals().forEach((name, rules) -> {
            addresses.put(name, address(provider.getConfig(), name));
            rules.meaning()
                    .all()
                    .filter(event -> !event.isAboutNobody())
                    .forEach((NeutralEvent event) ->
                            actions.put(event.id(), settings.action(event).id()));
        });
        return new Listening(
                provider.getConfig().getAlias(),
                provider.type(),
                settings.mode().id(),
                addresses,
                actions);
    }

    private String address(IdentityProviderModel model, String name) {
        return Urls.realmBase(session.getContext().getUri(UrlType.FRONTEND).getBaseUri())
                .path("{realm}/social-exchange/signals/{alias}/{name}")
                .build(realm.getName(), model.getAlias(), name)
                .toString();
    }

    /** Requests to be forgotten that nobody has decided about. */
    @GET
    @Path("deletions")
    @Produces(MediaType.APPLICATION_JSON)
    public List<WaitingDeletion> deletions(
            @QueryParam("first") @DefaultValue("0") int first, @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireQuery();
        return new DeletionRequests(session)
                .waiting(Math.max(0, first), Math.min(Math.max(0, max), MOST), auth.users()::canView);
    }

    /** Deletes the user, with all that Keycloak keeps of them. */
    @POST
    @Path("deletions/{code}/approve")
    public void approve(@PathParam("code") String code) {
        auth.users().requireQuery(); // whom they manage is asked of each
        if (!decided(() -> new DeletionRequests(session).approve(code, auth.users()::requireManage))) {
            throw new NotFoundException("No open request about a user who may be deleted here has this code");
        }
        told(OperationType.DELETE);
    }

    /** @param reason for the person to read; may be left out */
    @POST
    @Path("deletions/{code}/reject")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public void reject(@PathParam("code") String code, @FormParam("reason") @DefaultValue("") String reason) {
        auth.users().requireQuery(); // whom they manage is asked of each
        if (reason.length() > DeletionRequests.MAX_REASON) {
            throw new BadRequestException("reason has at most " + DeletionRequests.MAX_REASON + " characters");
        }
        if (!decided(() -> new DeletionRequests(session).reject(code, reason.strip(), auth.users()::requireManage))) {
            throw new NotFoundException("No open request has this code");
        }
        told(OperationType.UPDATE);
    }

    /** Opens a suspended link again, on an administrator's word, and takes the doubt from accounts of the provider's that were linked before. */
    @POST
    @Path("users/{user}/links/{alias}/resume")
    public void resume(@PathParam("user") String userId, @PathParam("alias") String alias) {
        auth.users().requireQuery();
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null
                || !LinkMark.isSuspended(user, alias)
                        && session.users().getFederatedIdentity(realm, user, alias) == null) {
            throw new NotFoundException("No such user has a link to this provider, or has had one that is suspended");
        }
        auth.users().requireManage(user);
        decided(() -> {
            ReprovenLinks.resumeAll(session, userId, alias);
            return true;
        });
        told(OperationType.UPDATE);
    }

    /** Somebody else, on whatever node, is at the same user: that passes, and is no fault of the server's. */
    private static boolean decided(BooleanSupplier decision) {
        try {
            return decision.getAsBoolean();
        } catch (ExchangeException busy) {
            if (!busy.error().isTemporary()) {
                throw busy;
            }
            throw new ServiceUnavailableException((long) busy.retryAfter());
        }
    }

    private void told(OperationType operation) {
        adminEvent
                .operation(operation)
                .resource(ResourceType.USER)
                .resourcePath(session.getContext().getUri())
                .success();
    }
}
