package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.broker.Continuation;
import dev.socialexchange.keycloak.broker.VerifiedAccount;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.MessageType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** "Continue as a•••@example.org?", in the realm's login theme. */
final class InteractionPage {
    private static final String TEMPLATE = "social-exchange-interaction.ftl";

    private final KeycloakSession session;
    private final VerifiedAccount account;
    private final ClientModel client;

    InteractionPage(KeycloakSession session, Continuation continuation, ClientModel client) {
        this.session = session;
        this.account = continuation.account();
        this.client = client;
    }

    /** @param again the form came back, but not from where the page was shown */
    Response render(String id, boolean again) {
        session.getContext().setClient(client);
        SignedIn signedIn = SignedIn.of(session);
        IdentityProviderModel provider = session.identityProviders().getByAlias(account.alias());
        LoginFormsProvider page = session.getProvider(LoginFormsProvider.class)
                .setAttribute("interactionId", id)
                .setAttribute("interactionToken", new PageToken(session).issue(id, signedIn))
                .setAttribute("interactionAccount", account.masked())
                .setAttribute(
                        "interactionProvider", KeycloakModelUtils.getIdentityProviderDisplayName(session, provider))
                .setAttribute(
                        "interactionSignedInAs",
                        signedIn.isSomebodyElse(account.linkedUser(session)) ? signedIn.username() : "");
        if (again) {
            page.setMessage(MessageType.WARNING, "socialExchange-interaction-again");
        }
        return Response.fromResponse(page.createForm(TEMPLATE))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
