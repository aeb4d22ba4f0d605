package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.TokenEndpoint;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Keycloak's own grants and ours, all of one confidential client and for the same returning users. */
final class Grants {
    /** Enough that no two connections meet at the same user all the time. */
    private static final int USERS = 200;

    private static final String CLIENT = "demo-backend";
    private static final String SECRET = "backend-secret";

    private final TokenEndpoint endpoint;
    private final Google google;
    private final List<Person> people;
    private final List<Answer> sessions;

    private Grants(TokenEndpoint endpoint, Google google, List<Person> people, List<Answer> sessions) {
        this.endpoint = endpoint;
        this.google = google;
        this.people = people;
        this.sessions = sessions;
    }

    /** Signs everybody in for the first time. */
    static Grants of(TokenEndpoint endpoint, Google google) {
        List<Person> people =
                Stream.generate(() -> Person.unknown("Bench")).limit(USERS).toList();
        Grants strangers = new Grants(endpoint, google, people, List.of());
        List<Answer> sessions =
                people.stream().map(person -> strangers.idToken(person).send()).toList();
        sessions.stream().filter(answer -> answer.status() != 200).findFirst().ifPresent(answer -> {
            throw new IllegalStateException("a first login failed: " + answer.body());
        });
        return new Grants(endpoint, google, people, sessions);
    }

    /** The first is what all others are compared with. */
    List<Grant> all() {
        return List.of(
                own("standard token exchange", session -> endpoint.standardExchange(session.accessToken())),
                own("refresh_token", session -> endpoint.refresh(session.refreshToken())),
                own("client_credentials", session -> endpoint.clientCredentials()),
                idTokens("id_token → access token", 0.9, 0, Grants::transientSession),
                idTokens("id_token → session", 0.75, 2, UnaryOperator.identity()),
                accessTokens("access_token → access token", 0.55, 0, Grants::transientSession),
                accessTokens("access_token → session", 0.42, 2, UnaryOperator.identity()));
    }

    private Grant own(String name, Function<Answer, TokenRequest> request) {
        return new Grant(
                name,
                0,
                0,
                false,
                Requests.repeated(sessions.stream()
                        .map(session -> Requests.wire(request.apply(session).as(CLIENT, SECRET)))
                        .toList()));
    }

    private Grant idTokens(String name, double target, int maxRows, UnaryOperator<TokenRequest> kind) {
        return new Grant(
                name,
                target,
                maxRows,
                false,
                new SingleUseRequests(number -> Requests.wire(kind.apply(idToken(people.get(number % USERS))))));
    }

    private Grant accessTokens(String name, double target, int maxRows, UnaryOperator<TokenRequest> kind) {
        return new Grant(
                name,
                target,
                maxRows,
                true,
                Requests.repeated(people.stream()
                        .map(person -> Requests.wire(kind.apply(endpoint.exchange("google")
                                .as(CLIENT, SECRET)
                                .subjectToken(google.accessToken(Google.CLIENT_ID, person))
                                .type(TokenType.ACCESS_TOKEN))))
                        .toList()));
    }

    /** Without it the answer is a normal session, with a refresh token. */
    private static TokenRequest transientSession(TokenRequest request) {
        return request.requested(TokenType.ACCESS_TOKEN);
    }

    private TokenRequest idToken(Person person) {
        return endpoint.exchange("google")
                .as(CLIENT, SECRET)
                .subjectToken(google.idToken(Google.CLIENT_ID, person))
                .type(TokenType.ID_TOKEN);
    }
}
