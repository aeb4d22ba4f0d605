package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** People whom no cache knows: each comes once in a run. */
record Strangers(Exchanges exchanges, String alias) {
    private static final List<Integer> CONNECTIONS = List.of(8);
    private static final int WARM_UP = 3;
    /** Which of so many parts of all users a grant draws from, so that no other has just had them. */
    private static final int PARTS = 6;

    Series comingAgain(ManyUsers users) {
        Grant firstIdToken = grant(
                "V1: id_token → session", ofPart(users, 0), person -> exchanges.idToken(FirstVersion.ALIAS, person));
        Grant firstAccessToken = grant(
                "V1: access_token → session",
                ofPart(users, 1),
                person -> exchanges.accessToken(FirstVersion.ALIAS, person));
        Grant idToken = grant("id_token → session", ofPart(users, 2), person -> exchanges.idToken(alias, person));
        Grant accessToken =
                grant("access_token → session", ofPart(users, 3), person -> exchanges.accessToken(alias, person));
        Grant idTokenAlone = grant(
                "id_token → access token",
                ofPart(users, 4),
                person -> Exchanges.alone(exchanges.idToken(alias, person)));
        Grant accessTokenAlone = grant(
                "access_token → access token",
                ofPart(users, 5),
                person -> Exchanges.alone(exchanges.accessToken(alias, person)));
        return series(
                "Users of whom Keycloak's caches know nothing, of " + users.count(),
                List.of(firstIdToken, firstAccessToken, idToken, accessToken, idTokenAlone, accessTokenAlone),
                Stream.of(
                        Target.each(idToken, firstIdToken, CONNECTIONS, 1),
                        Target.each(accessToken, firstAccessToken, CONNECTIONS, 1),
                        Target.each(idTokenAlone, firstIdToken, CONNECTIONS, 1.3),
                        Target.each(accessTokenAlone, firstAccessToken, CONNECTIONS, 1.3)));
    }

    private static IntFunction<Person> ofPart(ManyUsers users, int part) {
        return number -> users.person(part * (users.count() / PARTS) + number);
    }

    /** Ours runs the realm's own flow, which the first version has none of. */
    Series comingFirst() {
        IntFunction<Person> anybody = number -> Person.unknown("New");
        Grant firstIdToken =
                grant("V1: id_token → session", anybody, person -> exchanges.idToken(FirstVersion.ALIAS, person));
        Grant firstAccessToken = grant(
                "V1: access_token → session", anybody, person -> exchanges.accessToken(FirstVersion.ALIAS, person));
        Grant idToken = grant("id_token → session", anybody, person -> exchanges.idToken(alias, person));
        Grant accessToken = grant("access_token → session", anybody, person -> exchanges.accessToken(alias, person));
        return series(
                "First logins",
                List.of(firstIdToken, firstAccessToken, idToken, accessToken),
                Stream.of(
                        Target.each(idToken, firstIdToken, CONNECTIONS, 0.85),
                        Target.each(accessToken, firstAccessToken, CONNECTIONS, 0.85)));
    }

    private static Series series(String name, List<Grant> grants, Stream<Stream<Target>> targets) {
        return new Series(
                name,
                grants,
                Duration.ZERO,
                CONNECTIONS,
                WARM_UP,
                targets.flatMap(each -> each).toList());
    }

    private static Grant grant(String name, IntFunction<Person> people, Function<Person, TokenRequest> request) {
        return new Grant(
                name,
                Grant.ANY_ROWS,
                new SingleUseRequests(number -> Requests.wire(request.apply(people.apply(number)))));
    }
}
