package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** People who come again and again, so that all caches know them: Keycloak's grants and ours. */
final class ReturningUsers {
    /** Enough that no two connections meet at the same user all the time. */
    private static final int USERS = 200;

    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32);
    private static final List<Integer> OF_SLOW_PROVIDER = List.of(1, 8, 32, 64);
    private static final Duration SLOW = Duration.ofMillis(100);
    private static final int WARM_UP = 5;

    private final List<Person> people = people();
    private final List<Person> ofFirstVersion = people();

    private final Grant standard;
    private final Grant refresh;
    private final Grant clientCredentials;
    private final Grant firstIdToken;
    private final Grant firstAccessToken;
    private final Grant idTokenAlone;
    private final Grant idToken;
    private final Grant accessTokenAlone;
    private final Grant accessToken;

    /** Signs everybody in for the first time. */
    ReturningUsers(Exchanges exchanges, String alias) {
        List<Answer> sessions = people.stream()
                .map(person -> signIn(exchanges.idToken(alias, person)))
                .toList();
        ofFirstVersion.forEach(person -> signIn(exchanges.idToken(FirstVersion.ALIAS, person)));
        standard = own("standard exchange (V2)", sessions, session -> exchanges
                .endpoint()
                .standardExchange(session.accessToken()));
        refresh = own("refresh_token", sessions, session -> exchanges.endpoint().refresh(session.refreshToken()));
        clientCredentials = own(
                "client_credentials", sessions, session -> exchanges.endpoint().clientCredentials());
        firstIdToken = new Grant(
                "V1: id_token → session",
                Grant.ANY_ROWS,
                repeated(ofFirstVersion, person -> exchanges.idToken(FirstVersion.ALIAS, person)));
        firstAccessToken = new Grant(
                "V1: access_token → session",
                Grant.ANY_ROWS,
                repeated(ofFirstVersion, person -> exchanges.accessToken(FirstVersion.ALIAS, person)));
        idTokenAlone = new Grant(
                "id_token → access token", 0, idTokens(person -> Exchanges.alone(exchanges.idToken(alias, person))));
        idToken = new Grant("id_token → session", 2, idTokens(person -> exchanges.idToken(alias, person)));
        accessTokenAlone = new Grant(
                "access_token → access token",
                0,
                repeated(people, person -> Exchanges.alone(exchanges.accessToken(alias, person))));
        accessToken = new Grant(
                "access_token → session", 2, repeated(people, person -> exchanges.accessToken(alias, person)));
    }

    private static List<Person> people() {
        return Stream.generate(() -> Person.unknown("Bench")).limit(USERS).toList();
    }

    /** Keycloak's first version has answers of its own, which are not held against the description of ours. */
    private static Answer signIn(TokenRequest request) {
        Answer answer = request.sendAsync().join();
        if (answer.status() != 200) {
            throw new IllegalStateException("a first login failed: " + answer.body());
        }
        return answer;
    }

    private static Grant own(String name, List<Answer> sessions, Function<Answer, TokenRequest> request) {
        return new Grant(
                name,
                Grant.ANY_ROWS,
                Requests.repeated(sessions.stream()
                        .map(session -> Requests.wire(Exchanges.asClient(request.apply(session))))
                        .toList()));
    }

    private static Requests repeated(List<Person> people, Function<Person, TokenRequest> request) {
        return Requests.repeated(
                people.stream().map(request).map(Requests::wire).toList());
    }

    private Requests idTokens(Function<Person, TokenRequest> request) {
        return new SingleUseRequests(number -> Requests.wire(request.apply(people.get(number % USERS))));
    }

    /** Which needs its provider. */
    Requests accessTokens() {
        return accessToken.requests();
    }

    /** Which do not. */
    Requests idTokens() {
        return idToken.requests();
    }

    Series atFastProvider() {
        return new Series(
                "Returning users",
                List.of(
                        standard,
                        refresh,
                        clientCredentials,
                        firstIdToken,
                        firstAccessToken,
                        idTokenAlone,
                        idToken,
                        accessTokenAlone,
                        accessToken),
                Duration.ZERO,
                CONNECTIONS,
                WARM_UP,
                Stream.of(
                                Target.each(idToken, firstIdToken, CONNECTIONS, 1),
                                Target.each(idToken, standard, List.of(8), 0.85),
                                Target.each(idTokenAlone, standard, CONNECTIONS, 1.3),
                                Target.each(accessToken, standard, List.of(8), 0.75),
                                Target.each(accessToken, firstAccessToken, List.of(32), 1),
                                Target.each(accessTokenAlone, standard, CONNECTIONS, 1.15))
                        .flatMap(targets -> targets)
                        .toList());
    }

    Series atSlowProvider() {
        return new Series(
                "Returning users, and a provider that takes %d ms".formatted(SLOW.toMillis()),
                List.of(firstAccessToken, accessTokenAlone, accessToken),
                SLOW,
                OF_SLOW_PROVIDER,
                1,
                Target.each(accessToken, firstAccessToken, List.of(32), 1).toList());
    }
}
