package dev.socialexchange.keycloak.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.door.FrontEndDoor;
import dev.socialexchange.keycloak.door.SingleParameters;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.organization.utils.Organizations;
import org.keycloak.util.Booleans;
import org.keycloak.utils.StringUtil;

/** What a front end needs to draw its buttons and to set up the providers' SDKs; nothing that a login page would not tell. */
public class ProvidersResource extends FrontEndDoor {

    /** As on Keycloak's login page: by the admin's numbers, then by name; providers without a number come last. */
    private static final Comparator<IdentityProviderModel> ORDER = Comparator.comparing(
                    ProvidersResource::guiOrder, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(IdentityProviderModel::getAlias);

    ProvidersResource(KeycloakSession session) {
        super(session, "providers", "GET");
    }

    /**
     * One provider.
     *
     * @param type its type in Keycloak, such as {@code google}: which SDK to use
     * @param clientId of the app at the provider
     * @param subjectTokenTypes accepted ones
     * @param nonce {@code optional}, {@code if-sent}, {@code required} or {@code issued}
     * @param linkOnly it signs nobody in, but its accounts can be linked
     */
    record Button(
            String alias,
            String type,
            @JsonProperty("display_name") String displayName,
            @JsonProperty("client_id") String clientId,
            @JsonProperty("subject_token_types") List<String> subjectTokenTypes,
            String nonce,
            @JsonProperty("link_only") boolean linkOnly) {}

    /** @param alias of the one provider that the front end asks for, which may be hidden; {@code null} for all that are not */
    @GET
    public Response list(@QueryParam("client_id") String clientId, @QueryParam("alias") String alias) {
        return open(() -> {
            SingleParameters.of(session.getContext().getUri().getQueryParameters());
            return list(enabledClient(clientId), alias);
        });
    }

    private Response list(ClientModel client, String alias) {
        List<Button> buttons = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(provider -> alias == null ? isShown(provider) : alias.equals(provider.getAlias()))
                .sorted(ORDER)
                .map(provider -> button(provider, client))
                .flatMap(Optional::stream)
                .toList();
        return cors(client).add(Response.ok(Map.of("providers", buttons), MediaType.APPLICATION_JSON_TYPE));
    }

    /** Nothing that the login page would not tell: an organisation's providers name the realm's customers. */
    private boolean isShown(IdentityProviderModel provider) {
        boolean ofOrganization =
                Organizations.isEnabled(session) && StringUtil.isNotBlank(provider.getOrganizationId());
        return !Booleans.isTrue(provider.isHideOnLogin()) && !ofOrganization;
    }

    private static Integer guiOrder(IdentityProviderModel provider) {
        String order = provider.getConfig().get("guiOrder");
        return order == null || !order.matches("\\d{1,9}") ? null : Integer.valueOf(order);
    }

    private Optional<Button> button(IdentityProviderModel model, ClientModel client) {
        try {
            return ExchangeIdentityProviders.open(session, model.getAlias())
                    .filter(provider -> provider.settings().clients().contains(client.getClientId()))
                    .map(provider -> button(model, provider));
        } catch (ExchangeException unusable) {
            if (unusable.error() == ExchangeError.SERVER_BUSY) {
                throw unusable; // which says nothing of this provider
            }
            return Optional.empty(); // as an exchange with it would find
        }
    }

    private Button button(IdentityProviderModel model, ExchangeIdentityProvider provider) {
        return new Button(
                model.getAlias(),
                model.getProviderId(),
                KeycloakModelUtils.getIdentityProviderDisplayName(session, model),
                provider.getConfig().getClientId(),
                new Prover(new KeycloakSurroundings(session), provider)
                        .accepted().stream()
                                .sorted()
                                .map(SubmissionParameters::type)
                                .toList(),
                provider.settings().nonce(),
                Booleans.isTrue(model.isLinkOnly()));
    }
}
