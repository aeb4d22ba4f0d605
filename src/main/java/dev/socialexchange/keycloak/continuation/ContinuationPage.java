package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.page.BrowserSession;
import dev.socialexchange.keycloak.page.PageToken;
import dev.socialexchange.keycloak.page.ProviderName;
import dev.socialexchange.keycloak.page.UncachedPage;
import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.MessageType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Names the provider's account, the app, and what comes of going on, in the realm's login theme. Whoever looks at it may have
 * been sent here by the account's owner, for whom they are about to sign in, or prove an account of their own.
 */
final class ContinuationPage {
    private static final String TEMPLATE = "social-exchange-interaction.ftl";

    private final KeycloakSession session;
    private final VerifiedAccount account;
    private final ClientModel client;

    ContinuationPage(KeycloakSession session, Continuation continuation, ClientModel client) {
        this.session = session;
        this.account = continuation.account();
        this.client = client;
    }

    /**
     * @param arrived a page of the app has sent the browser here
     * @param again the form came back, but not from where the page was shown
     */
    Response render(String id, boolean arrived, boolean again) {
        session.getContext().setClient(client);
        BrowserSession signedIn = BrowserSession.of(session);
        UserModel linked = account.linkedUser(session);
        PageToken pageToken = new PageToken(session);
        LoginFormsProvider page = session.getProvider(LoginFormsProvider.class)
                .setAttribute("interactionId", id)
                .setAttribute("interactionToken", pageToken.issue(id, signedIn))
                .setAttribute("interactionArrived", arrived)
                .setAttribute("interactionLinked", linked != null)
                .setAttribute("foreignName", account.shown().name())
                .setAttribute("foreignVouched", account.shown().vouched())
                .setAttribute("foreignProvider", ProviderName.of(session, account.alias()))
                .setAttribute("interactionSignedInAs", signedIn.isSomebodyElse(linked) ? signedIn.username() : "");
        if (arrived) {
            pageToken.rememberArrival(id);
        }
        if (again) {
            page.setMessage(MessageType.WARNING, "socialExchange-interaction-again");
        }
        return UncachedPage.of(page.createForm(TEMPLATE));
    }
}
