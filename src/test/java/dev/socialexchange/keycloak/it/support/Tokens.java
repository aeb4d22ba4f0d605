package dev.socialexchange.keycloak.it.support;

import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;

/** Mints what a front end would hold: an id token where the provider has them, else an access token. */
public final class Tokens {

    private Tokens() {}

    /** The secret that goes with a demo provider's client id. */
    public static String secret(String alias) {
        return switch (alias) {
            case "google", "facebook", "github" -> alias + "-secret";
            default -> "acme-secret";
        };
    }

    /** Copies of a provider have the original's name before the first hyphen. */
    static TokenRequest of(TokenRequest request, String alias, Person person) {
        return of(request, Suite.providers(), alias, person);
    }

    public static TokenRequest of(TokenRequest request, Simulator simulator, String alias, Person person) {
        String kind = alias.split("-", 2)[0];
        return switch (kind) {
            case "google" ->
                request.type(TokenType.ID_TOKEN)
                        .subjectToken(
                                simulator.google().idToken(simulator.google().clientId(), person));
            case "acme" ->
                request.type(TokenType.ID_TOKEN)
                        .subjectToken(simulator.acme().idToken(simulator.acme().clientId(), person));
            case "partner" ->
                request.type(TokenType.ID_TOKEN)
                        .subjectToken(
                                simulator.partner().idToken(simulator.partner().clientId(), person));
            default -> access(request, simulator, kind, person);
        };
    }

    /** The provider's access token, also where it has id tokens. */
    public static TokenRequest access(TokenRequest request, Simulator simulator, String kind, Person person) {
        String token =
                switch (kind) {
                    case "google" ->
                        simulator.google().accessToken(simulator.google().clientId(), person);
                    case "acme" -> simulator.acme().accessToken(simulator.acme().clientId(), person);
                    case "partner" ->
                        simulator.partner().accessToken(simulator.partner().clientId(), person);
                    case "facebook" ->
                        simulator.facebook().accessToken(simulator.facebook().clientId(), person);
                    case "github" ->
                        simulator.github().accessToken(simulator.github().clientId(), person);
                    case "discord" ->
                        simulator
                                .described(kind)
                                .accessToken(simulator.described(kind).clientId(), person);
                    default -> simulator.legacy().accessToken(simulator.legacy().clientId(), person);
                };
        return request.type(TokenType.ACCESS_TOKEN).subjectToken(token);
    }
}
