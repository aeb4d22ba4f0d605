package dev.socialexchange.keycloak.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.shape.AppRequest;
import dev.socialexchange.keycloak.shape.Meant;
import dev.socialexchange.keycloak.shape.Shape;
import dev.socialexchange.keycloak.throttle.Throttle;
import dev.socialexchange.keycloak.throttle.Throttling;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Calls of a client that has not shown yet who it is. */
class ClientCallsTest {
    private static final Shape SHAPE = Shape.all().stream()
            .filter(shape -> shape.name().equals("drf-social-oauth2"))
            .findFirst()
            .orElseThrow();

    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                ClientCallsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(method.getName(), arguments)));
    }

    static Stream<Meant> notOfAnExchange() {
        return Stream.of(new Meant.Refresh("of-old"), new Meant.Revoke("of-old"));
    }

    /** Else an address that is throttled could tell an open door from a closed one. */
    @ParameterizedTest
    @MethodSource("notOfAnExchange")
    void anAddressThatIsThrottledIsTurnedAwayFromOpenAndClosedDoorsAlike(Meant meant) {
        assertThat(refusal(meant, Optional.of(client("drf-social-oauth2")))).isEqualTo(ExchangeError.THROTTLED);
        assertThat(refusal(meant, Optional.of(client(null)))).isEqualTo(ExchangeError.THROTTLED);
        assertThat(refusal(meant, Optional.empty())).isEqualTo(ExchangeError.THROTTLED);
    }

    private static ClientModel client(String doors) {
        return fake(ClientModel.class, (method, arguments) -> method.equals("getAttribute") ? doors : null);
    }

    private static ExchangeError refusal(Meant meant, Optional<ClientModel> client) {
        Throttle throttle = fake(Throttle.class, (method, arguments) -> {
            if (method.equals("admit")) {
                throw ExchangeException.throttled(7, "failures", false);
            }
            return List.of();
        });
        RealmModel realm = fake(RealmModel.class, (method, arguments) -> "shop");
        KeycloakContext context =
                fake(KeycloakContext.class, (method, arguments) -> method.equals("getRealm") ? realm : null);
        KeycloakSession session = fake(KeycloakSession.class, (method, arguments) -> switch (method) {
            case "getContext" -> context;
            case "getProvider" -> throttle;
            default -> null;
        });
        AppRequest request =
                new AppRequest("POST", "token", Map.of(), JsonNodeFactory.instance.objectNode(), Optional.empty());
        ClientCalls calls =
                new ClientCalls(session, SHAPE, "app-of-old", client, new ToldInShape(SHAPE, request, meant));
        return catchThrowableOfType(
                        ExchangeException.class, () -> calls.answer(request, meant, new Throttling(session)))
                .error();
    }
}
