package dev.socialexchange.keycloak.soak;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What people do again and again, after which nothing may be left but that some of them are new. */
final class Habits {
    private static final int PEOPLE = 40;

    /** Of an id_token, so that the store soon forgets that it was used; and what the server adds to it, at most. */
    private static final int LIFE_SECONDS = 20;

    private static final Duration REMEMBERED = Duration.ofSeconds(LIFE_SECONDS + 60);
    private static final Duration NONCE = Duration.ofSeconds(600);

    /** Of a link to go on with, as the realm is set. */
    static final int LINK_SECONDS = 60;

    /** Somebody with an account of a different name and address at each provider. */
    private record Regular(Person acme, Person partner, Person issued, Person github) {
        static Regular unknown() {
            return new Regular(
                    Person.unknown("Acme"),
                    Person.unknown("Partner"),
                    Person.unknown("Issued"),
                    Person.unknown("Github"));
        }
    }

    private final Simulator providers;
    private final App app;
    private final OwnRealm realm;
    private final String acme;
    private final String partner;
    private final String issued;
    private final String github;
    private final List<Regular> people =
            Stream.generate(Regular::unknown).limit(PEOPLE).toList();
    private final Person stranger = Person.unknown("Stranger").withoutEmail();
    private final Remembered remembered = new Remembered();
    private final AtomicInteger made = new AtomicInteger();

    Habits(Simulator providers, App app) {
        this.providers = providers;
        this.app = app;
        this.realm = app.realm();
        acme = app.provider("acme");
        partner = app.provider("partner");
        issued = app.provider("acme", copy -> copy.withObject("/config").put("exchangeNonce", "issued"));
        github = app.provider("github");
    }

    Remembered remembered() {
        return remembered;
    }

    int made() {
        return made.get();
    }

    /** One thing, chosen by chance. */
    void next(Random dice) {
        Regular person = people.get(dice.nextInt(PEOPLE));
        int way = dice.nextInt(200);
        if (way == 0) {
            made.incrementAndGet();
            session(Person.unknown("New"));
        } else if (way < 50) {
            session(person.acme());
        } else if (way < 90) {
            remembered.add(REMEMBERED);
            expect(200, transientSession(idToken(acme, person.acme(), Map.of())));
        } else if (way < 120) {
            expect(200, transientSession(accessToken(person.github())));
        } else if (way < 140) {
            nonce(person.issued());
        } else if (way < 160) {
            refused(person.acme());
        } else if (way < 180) {
            link(person);
        } else {
            remembered.add(Duration.ofSeconds(LINK_SECONDS + 30));
            expect(400, app.continuable(idToken(acme, stranger, Map.of())));
        }
    }

    /** So that none of them is new later. */
    void everybodyComes() {
        people.forEach(person -> {
            session(person.acme());
            expect(200, transientSession(accessToken(person.github())));
            nonce(person.issued());
            link(person);
        });
    }

    private void session(Person person) {
        signOut(signIn(person));
    }

    private Answer signIn(Person person) {
        remembered.add(REMEMBERED);
        return expect(200, idToken(acme, person, Map.of()));
    }

    private void signOut(Answer tokens) {
        URI logout = URI.create("%s/realms/%s/protocol/openid-connect/logout"
                .formatted(realm.server().url(), realm.name()));
        RawRequest.to(logout)
                .form("client_id", app.clientId())
                .form("refresh_token", tokens.refreshToken())
                .send();
    }

    private void nonce(Person person) {
        String nonce = expect(200, new Doors(realm).nonce(app.clientId())).text("nonce");
        remembered.add(REMEMBERED);
        remembered.add(NONCE);
        expect(
                200,
                transientSession(idToken(issued, person, Map.of("nonce", Digests.sha256Base64Url(nonce))))
                        .param("nonce", nonce));
    }

    private void refused(Person person) {
        String foreign = providers.acme().idToken(Provider.FOREIGN_CLIENT, person);
        expect(400, realm.request(app.clientId(), acme, TokenType.ID_TOKEN, foreign));
    }

    /** What is linked already; the first time it is made. */
    private void link(Regular person) {
        Answer tokens = signIn(person.acme());
        remembered.add(REMEMBERED);
        String token = providers.partner().idToken(providers.partner().clientId(), person.partner(), Habits::soonOver);
        expect(
                200,
                new Doors(realm)
                        .link(partner, tokens.accessToken())
                        .type(TokenType.ID_TOKEN)
                        .subjectToken(token));
        signOut(tokens);
    }

    private TokenRequest idToken(String alias, Person person, Map<String, String> claims) {
        String token = providers.acme().idToken(providers.acme().clientId(), person, all -> {
            all.putAll(claims);
            soonOver(all);
        });
        return realm.request(app.clientId(), alias, TokenType.ID_TOKEN, token);
    }

    private static void soonOver(Map<String, Object> claims) {
        claims.put("exp", Instant.now().getEpochSecond() + LIFE_SECONDS);
    }

    private TokenRequest accessToken(Person person) {
        return realm.request(
                app.clientId(),
                github,
                TokenType.ACCESS_TOKEN,
                providers.github().accessToken(providers.github().clientId(), person));
    }

    private static TokenRequest transientSession(TokenRequest request) {
        return request.requested(TokenType.ACCESS_TOKEN);
    }

    private static Answer expect(int status, TokenRequest request) {
        Answer answer = request.sendAsync().join();
        if (answer.status() != status) {
            throw new IllegalStateException("expected " + status + ", not " + answer.status() + ' ' + answer.body());
        }
        return answer;
    }
}
