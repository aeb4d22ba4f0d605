package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.door.Answers;
import dev.socialexchange.keycloak.door.FrontEndDoor;
import dev.socialexchange.keycloak.door.ProvenPerson;
import dev.socialexchange.keycloak.door.ProviderPolicy;
import dev.socialexchange.keycloak.door.SingleParameters;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import dev.socialexchange.keycloak.login.AccountLink;
import dev.socialexchange.keycloak.proof.Submission;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/** Links a provider's account to the user who is signed in. Listing and unlinking are Keycloak's account API. */
public class LinksResource extends FrontEndDoor {
    private final String alias;

    LinksResource(KeycloakSession session, String alias) {
        super(session, "links", "POST");
        this.alias = alias;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response link() {
        return open(() -> link(BearerUser.of(session)
                .orElseThrow(() -> ExchangeException.refuse(ExchangeError.ACCESS_TOKEN_INVALID))));
    }

    private Response link(BearerUser user) {
        EventBuilder event = event(user);
        Cors cors = cors(user.client());
        Answers answers = new Answers(session, event, cors);
        try {
            boolean created = ForeignCode.request("linking", () -> link(user, event));
            Map<String, Object> answer = Map.of("alias", alias, "link_created", created);
            return created ? answers.success(answer) : answers.ok(answer);
        } catch (ExchangeException refused) {
            return answers.refusal(throttling.answerTo(refused));
        }
    }

    private boolean link(BearerUser user, EventBuilder event) {
        throttling.admit();
        AccountLink link = new AccountLink(session, event);
        user.requireMayLink();
        link.requireAllowed(user.user());
        Submission submission = SubmissionParameters.parse(
                SingleParameters.of(session.getContext().getHttpRequest().getDecodedFormParameters()), Set.of());
        ProviderPolicy policy = new ProviderPolicy(session, user.client());
        ExchangeIdentityProvider provider = policy.provider(alias);
        event.detail(Details.IDENTITY_PROVIDER, alias)
                .detail("subject_token_type", submission.kind().id());
        policy.require(provider, submission);
        user.requireRecentLogin(provider.settings().linkMaxAuthAge());
        try (ProvenPerson proven = ProvenPerson.of(session, event, throttling, provider, submission)) {
            proven.keep();
            boolean created = link.make(proven.person(), user.user(), user.signedIn());
            proven.use();
            return created;
        }
    }

    private EventBuilder event(BearerUser user) {
        return RequestEvent.of(session)
                .event(EventType.FEDERATED_IDENTITY_LINK)
                .client(user.client())
                .user(user.user())
                .session(user.userSession())
                .detail(Details.USERNAME, user.user().getUsername());
    }
}
