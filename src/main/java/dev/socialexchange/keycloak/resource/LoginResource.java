package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.door.FrontEndDoor;
import dev.socialexchange.keycloak.door.KeycloakEndpoints;
import dev.socialexchange.keycloak.door.LoginForm;
import dev.socialexchange.keycloak.door.PostedBody;
import dev.socialexchange.keycloak.door.SideDoor;
import dev.socialexchange.keycloak.door.UntoldRefusal;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.function.Supplier;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** The exchange in the shape that social login has in most back ends: the provider in the address, its token in the body. */
public class LoginResource extends FrontEndDoor {
    static final String NAME = "login";

    private final String alias;

    LoginResource(KeycloakSession session, String alias) {
        super(session, NAME, "POST");
        this.alias = alias;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response form() {
        return login(() -> session.getContext().getHttpRequest().getDecodedFormParameters());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response json(InputStream body) {
        return login(() -> LoginForm.ofJson(PostedBody.read(body)));
    }

    private Response login(Supplier<MultivaluedMap<String, String>> sent) {
        return guarded(
                () -> new KeycloakEndpoints(session).tokens(exchange(sent.get())),
                refused -> UntoldRefusal.answer(
                        session, NAME, EventType.TOKEN_EXCHANGE, throttling.answerTo(refused), corsForAnybody()));
    }

    private MultivaluedMap<String, String> exchange(MultivaluedMap<String, String> form) {
        try {
            MultivaluedMap<String, String> exchange = LoginForm.exchange(alias, form);
            SideDoor.take(session, NAME);
            return exchange;
        } catch (ExchangeException refused) {
            SideDoor.take(session, NAME, refused);
            return LoginForm.asking(alias, form);
        }
    }
}
