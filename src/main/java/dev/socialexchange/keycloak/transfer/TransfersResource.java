package dev.socialexchange.keycloak.transfer;

import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.MovingAccount;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * {@code /admin/realms/{realm}/social-exchange/transfers/{alias}}: people whose ids change since the app goes to another team. Whoever may manage
 * users and see identity providers may.
 */
public class TransfersResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final int MOST = 500;
    private static final int MAX_BODY = MOST * 1024;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    public TransfersResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /**
     * Somebody who is linked to the provider.
     *
     * @param announced whether the table has this person's line, and it is not over
     */
    public record Linked(String sub, boolean announced) {}

    @GET
    @Path("{alias}")
    @Produces(MediaType.APPLICATION_JSON)
    public List<Linked> linked(
            @PathParam("alias") String alias,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        requireMoving(alias);
        return session.users()
                .searchForUserStream(
                        realm, Map.of(UserModel.IDP_ALIAS, alias), Math.max(0, first), Math.min(Math.max(0, max), MOST))
                .filter(auth.users()::canView)
                .flatMap(user -> linked(user, alias).stream())
                .toList();
    }

    /** Empty if the link went between the search and this look: it keeps nobody else's from being told. */
    private Optional<Linked> linked(UserModel user, String alias) {
        FederatedIdentityModel link = session.users().getFederatedIdentity(realm, user, alias);
        return Optional.ofNullable(link)
                .map(one -> new ExternalAccount(alias, one.getUserId()))
                .map(account -> new Linked(account.id(), MovingAccount.isAnnounced(user, account, Transfer.now())));
    }

    /** @param body a line of JSON for each person: {@code sub}, and {@code transfer_sub} or {@code new_sub} */
    @POST
    @Path("{alias}")
    @Consumes(NDJSON)
    @Produces(MediaType.APPLICATION_JSON)
    public TransferReport lines(@PathParam("alias") String alias, String body) {
        auth.users().requireManage();
        requireMoving(alias);
        List<String> lines = body.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() > MOST || body.length() > MAX_BODY) {
            throw new BadRequestException("At most " + MOST + " lines, of " + MAX_BODY + " characters in all");
        }
        TransferReport report = new Transfer(session, alias, auth.users()::canManage).of(lines);
        adminEvent
                .operation(OperationType.ACTION)
                .resource(ResourceType.USER)
                .resourcePath(session.getContext().getUri())
                .representation(report.outcomes())
                .success();
        return report;
    }

    private void requireMoving(String alias) {
        auth.realm().requireViewIdentityProviders();
        IdentityProviderModel model = session.identityProviders().getByAlias(alias);
        if (model == null) {
            throw new NotFoundException("No identity provider has this alias");
        }
        boolean moves = ExchangeIdentityProviders.any(session, model)
                .filter(ExchangeIdentityProvider::isUsable)
                .filter(provider -> provider.descriptor().identity().tellsMoves())
                .isPresent();
        if (!moves) {
            throw new BadRequestException("This provider knows of no transfers");
        }
    }
}
