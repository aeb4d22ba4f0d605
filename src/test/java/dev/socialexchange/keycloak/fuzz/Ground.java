package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.ProviderData;
import dev.socialexchange.keycloak.type.Conformance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A realm with every provider of the catalogue, and good tokens of all of them. */
final class Ground {
    private static final String REDIRECT = "https://app.example/callback";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String UNBOUND = "-unbound";
    /** With a short deadline, so that slow providers do not make the run slow. */
    private static final String HASTY = "-hasty";

    private static final List<String> HASTY_TYPES = List.of("discord", "gitlab", "google", "yahoo");

    private final ConformanceRealm realm = new ConformanceRealm();
    private final List<Descriptor> descriptors = Conformance.descriptors();
    private final Set<String> bystanders = new HashSet<>();

    Ground() {
        HASTY_TYPES.forEach(type -> realm.add(type + HASTY, type, Map.of("exchangeTimeout", "500")));
        for (Descriptor descriptor : descriptors) {
            realm.add(descriptor.id(), descriptor.id(), Map.of());
            if (!provable(descriptor, TokenKind.ACCESS_TOKEN) && descriptor.opensWithAccessTokenAlone()) {
                realm.add(descriptor.id() + UNBOUND, descriptor.id(), Map.of("exchangeUnbound", "true"));
            }
        }
    }

    ConformanceRealm realm() {
        return realm;
    }

    /**
     * A token that would be good at its provider.
     *
     * @param alias where it would be
     */
    record Good(
            String alias,
            TokenKind kind,
            String token,
            Map<String, String> further,
            DataProvider provider,
            Person person) {

        String type() {
            return switch (kind) {
                case ID_TOKEN -> TokenType.ID_TOKEN;
                case ACCESS_TOKEN -> TokenType.ACCESS_TOKEN;
                case AUTHORIZATION_CODE -> TokenType.AUTHORIZATION_CODE;
                case SIGNED_DATA -> TokenType.SIGNED_DATA;
            };
        }

        /** The external id that it is about. */
        String subject() {
            boolean byIdToken = kind == TokenKind.ID_TOKEN
                    || kind == TokenKind.AUTHORIZATION_CODE && provider.data().codeTellsAsIdToken();
            return String.valueOf(provider.identity(person, byIdToken).get("id"));
        }
    }

    /** Of any provider and kind. */
    Good good(Dice dice) {
        return good(dice, dice.one(descriptors));
    }

    private Good good(Dice dice, Descriptor descriptor) {
        List<TokenKind> kinds = new ArrayList<>(List.of(TokenKind.AUTHORIZATION_CODE));
        if (descriptor.idToken().isPresent()) {
            kinds.add(TokenKind.ID_TOKEN);
        }
        if (provable(descriptor, TokenKind.ACCESS_TOKEN) || descriptor.opensWithAccessTokenAlone()) {
            kinds.add(TokenKind.ACCESS_TOKEN);
        }
        return good(descriptor, dice.one(kinds));
    }

    /** Of this kind, of any provider that has it. */
    Good good(Dice dice, TokenKind kind) {
        List<Descriptor> having = descriptors.stream()
                .filter(descriptor -> kind == TokenKind.ID_TOKEN
                        ? isSignedByKey(descriptor)
                        : provable(descriptor, kind) || descriptor.opensWithAccessTokenAlone())
                .toList();
        return good(dice.one(having), kind);
    }

    /** An access token for a provider that waits half a second at most. */
    Good hasty(Dice dice) {
        Good good = good(descriptor(dice.one(HASTY_TYPES)), TokenKind.ACCESS_TOKEN);
        return new Good(
                good.alias() + HASTY, good.kind(), good.token(), good.further(), good.provider(), good.person());
    }

    private static boolean isSignedByKey(Descriptor descriptor) {
        return descriptor.idToken().isPresent()
                && Suite.providers()
                        .described(descriptor.id())
                        .data()
                        .idToken()
                        .algorithm()
                        .matches("RS256|ES256");
    }

    private static Good good(Descriptor descriptor, TokenKind kind) {
        DataProvider provider = ConformanceRealm.provider(descriptor.id());
        Person person = Suite.newPerson();
        String client = provider.clientId();
        return switch (kind) {
            case ID_TOKEN ->
                new Good(descriptor.id(), kind, provider.idToken(client, person), Map.of(), provider, person);
            case ACCESS_TOKEN ->
                new Good(
                        descriptor.id() + (provable(descriptor, kind) ? "" : UNBOUND),
                        kind,
                        provider.accessToken(client, person),
                        Map.of(),
                        provider,
                        person);
            case AUTHORIZATION_CODE ->
                new Good(
                        descriptor.id(),
                        kind,
                        provider.code(client, person, REDIRECT, CHALLENGE),
                        ofACode(provider),
                        provider,
                        person);
            case SIGNED_DATA -> throw new IllegalArgumentException("has a test of its own");
        };
    }

    private static Map<String, String> ofACode(DataProvider provider) {
        Map<String, String> further = new HashMap<>(Map.of("redirect_uri", REDIRECT, "code_verifier", VERIFIER));
        provider.data()
                .token()
                .further()
                .forEach((name, value) ->
                        further.put(name, value.equals(ProviderData.ANY) ? "of-the-front-end" : value));
        return further;
    }

    private static boolean provable(Descriptor descriptor, TokenKind kind) {
        return descriptor.provable().contains(kind);
    }

    /** As the front end would send it. */
    TokenRequest request(Good good) {
        return request(good.alias(), good.type(), good.token(), good.further());
    }

    TokenRequest request(String alias, String type, String token, Map<String, String> further) {
        TokenRequest request = realm.request(alias, type, token).origin(ConformanceRealm.ORIGIN);
        further.forEach(request::param);
        return request;
    }

    /** Somebody who has done nothing odd signs in. */
    Stream<Answer> controls() {
        return Stream.of(TokenKind.values())
                .filter(kind -> kind != TokenKind.SIGNED_DATA)
                .map(kind -> good(descriptor("gitlab"), kind))
                .map(good -> request(good).send())
                .peek(answer -> {
                    if (answer.status() == 200) {
                        bystanders.add(answer.claims().path("sub").asText());
                    }
                });
    }

    /** Whether this user signed in by themselves, so that nobody else may. */
    boolean isBystander(String user) {
        return bystanders.contains(user);
    }

    private Descriptor descriptor(String id) {
        return descriptors.stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
