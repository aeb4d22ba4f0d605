package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.effect.SignalsAdminResource;
import dev.socialexchange.keycloak.imports.ImportsResource;
import dev.socialexchange.keycloak.transfer.TransfersResource;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * {@code /admin/realms/{realm}/social-exchange}. Nothing here is changed, but by the import and the transfer that have their addresses here; who may see identity
 * providers may look, and who may see users sees whom it is about.
 */
public class DoctorResource {
    /** A code is used up by trying it: whoever says so may. */
    static final String USE_CODE = "use_code";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;
    private final HostTurns turns;

    DoctorResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator auth,
            AdminEventBuilder adminEvent,
            HostTurns turns) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
        this.turns = turns;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Installed installed() {
        auth.realm().requireViewIdentityProviders();
        return Installed.here();
    }

    /** Has its address here, and is none of the doctor's: it does change things. */
    @Path("imports")
    public ImportsResource imports() {
        return new ImportsResource(session, realm, auth, adminEvent);
    }

    /** Likewise. */
    @Path("transfers")
    public TransfersResource transfers() {
        return new TransfersResource(session, realm, auth, adminEvent);
    }

    /** A room of its own, in which something may be changed. */
    @Path("signals")
    public SignalsAdminResource signals() {
        return new SignalsAdminResource(session, realm, auth, adminEvent);
    }

    /** What an exchange would be answered, step by step. */
    @POST
    @Path("providers/{alias}/dry-run")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Rehearsed dryRun(@PathParam("alias") String alias) {
        auth.realm().requireViewIdentityProviders();
        IdentityProviderModel provider = provider(alias);
        MultivaluedMap<String, String> form =
                new MultivaluedHashMap<>(session.getContext().getHttpRequest().getDecodedFormParameters());
        ClientModel client = client(form.getFirst(OAuth2Constants.CLIENT_ID));
        boolean usesCode = Boolean.parseBoolean(form.getFirst(USE_CODE));
        form.remove(USE_CODE);
        if (usesCode) {
            auth.realm().requireManageIdentityProviders();
        }
        return told("dry-run", () -> new DryRun(session, phrases(), auth.users().canView())
                .of(provider, form, client, usesCode));
    }

    /** All providers of the realm, with what their settings show and what came of their exchanges on this node. */
    @GET
    @Path("providers")
    @Produces(MediaType.APPLICATION_JSON)
    public List<Listed> providers() {
        auth.realm().requireViewIdentityProviders();
        return new ProviderList(session, realm).all(phrases());
    }

    /** Whom this server calls for the enabled providers. */
    @GET
    @Path("egress")
    @Produces({MediaType.APPLICATION_JSON, EgressAnswer.YAML, MediaType.TEXT_PLAIN})
    public Response egress() {
        auth.realm().requireViewIdentityProviders();
        return new EgressAnswer(Egress.of(new ProviderList(session, realm).enabled()), realm.getName())
                .to(session.getContext().getHttpRequest().getHttpHeaders().getAcceptableMediaTypes());
    }

    /** How a provider is set up, here and at its other end. */
    @POST
    @Path("providers/{alias}/check")
    @Produces(MediaType.APPLICATION_JSON)
    public Checked check(@PathParam("alias") String alias) {
        auth.realm().requireManageIdentityProviders(); // it shows the provider's secret to the provider
        IdentityProviderModel provider = provider(alias);
        return told("check", () -> new Checkup(session, realm).check(provider, phrases(), turns));
    }

    /** Where a browser signs in at the provider to fetch a code that can be tried, since no server can do that alone. */
    @POST
    @Path("providers/{alias}/sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public SignInOffer signIn(
            @PathParam("alias") String alias,
            @FormParam(OAuth2Constants.CLIENT_ID) String clientId,
            @FormParam(OAuth2Constants.REDIRECT_URI) String redirectUri) {
        auth.realm().requireManageIdentityProviders();
        IdentityProviderModel provider = provider(alias);
        ClientModel client = client(clientId);
        return told("sign-in", () -> new ProviderSignIn(session).at(provider, client, redirectUri));
    }

    /** An admin event says that somebody has looked. What fails on the way is logged, and told without a bare server error. */
    private <T> T told(String what, Supplier<T> look) {
        try {
            T seen = ForeignCode.page(what, look);
            adminEvent
                    .operation(OperationType.ACTION)
                    .resource(ResourceType.IDENTITY_PROVIDER)
                    .resourcePath(session.getContext().getUri())
                    .success();
            return seen;
        } catch (ExchangeException failed) {
            throw ErrorResponse.error(
                    failed.getMessage(),
                    Response.Status.fromStatusCode(failed.error().status()));
        }
    }

    private IdentityProviderModel provider(String alias) {
        IdentityProviderModel model = session.identityProviders().getByAlias(alias);
        if (model == null) {
            throw new NotFoundException("No identity provider has this alias");
        }
        return model;
    }

    private ClientModel client(String clientId) {
        ClientModel client = clientId == null ? null : realm.getClientByClientId(clientId);
        if (client == null) {
            throw new BadRequestException("client_id has to name a client of this realm, which is to be played");
        }
        return client;
    }

    private Phrases phrases() {
        return new Phrases(session.getContext().getHttpRequest().getHttpHeaders().getAcceptableLanguages().stream()
                .findFirst()
                .orElse(null));
    }
}
