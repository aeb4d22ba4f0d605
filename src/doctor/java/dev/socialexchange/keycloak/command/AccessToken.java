package dev.socialexchange.keycloak.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.command.Arguments.LoginArguments;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The administrator's access token. Got anew shortly before its end: many providers take longer than Keycloak's one minute. */
final class AccessToken {
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Connection connection;
    private final LoginArguments login;
    private final Map<String, String> grant;
    private final InstantSource clock;
    private String token;
    private Instant renewAt;

    private AccessToken(
            Connection connection, LoginArguments login, Map<String, String> grant, String token, InstantSource clock) {
        this.connection = connection;
        this.login = login;
        this.grant = grant;
        this.token = token;
        this.clock = clock;
        this.renewAt = token == null ? Instant.MIN : Instant.MAX;
    }

    static AccessToken of(LoginArguments login, Secrets secrets, Connection connection, InstantSource clock) {
        Optional<String> ready =
                login.client().isPresent() || login.user().isPresent() ? Optional.empty() : secrets.token();
        Map<String, String> grant = ready.isPresent() ? Map.of() : grant(login, secrets);
        return new AccessToken(connection, login, grant, ready.orElse(null), clock);
    }

    private static Map<String, String> grant(LoginArguments login, Secrets secrets) {
        Map<String, String> grant = new LinkedHashMap<>();
        if (login.client().isPresent()) {
            grant.put("grant_type", "client_credentials");
            grant.put("client_id", login.client().get());
            grant.put("client_secret", secrets.clientSecret());
            return grant;
        }
        String user = login.user()
                .orElseThrow(() -> CommandFailure.usage("Who looks? --client with its secret in "
                        + Secrets.CLIENT_SECRET + ", --user, or an access token in " + Secrets.TOKEN));
        grant.put("grant_type", "password");
        grant.put("client_id", "admin-cli");
        grant.put("username", user);
        grant.put("password", secrets.password(user));
        return grant;
    }

    /** @throws CommandFailure if the server does not give one */
    String get() {
        Instant now = clock.instant();
        if (now.isAfter(renewAt)) {
            JsonNode answer = granted();
            token = answer.path("access_token").textValue();
            renewAt = now.plusSeconds(answer.path("expires_in").asLong()).minus(MARGIN);
        }
        return token;
    }

    private JsonNode granted() {
        HttpResponse<String> response = connection.post(
                "/realms/" + Connection.encode(login.realm()) + "/protocol/openid-connect/token", Map.of(), grant);
        JsonNode answer = Json.read(response.body()).orElse(MissingNode.getInstance());
        if (response.statusCode() == 200 && answer.path("access_token").isTextual()) {
            return answer;
        }
        throw CommandFailure.noAnswer(refusal(response.statusCode(), answer));
    }

    private String refusal(int status, JsonNode answer) {
        String said = Printable.of("%d %s %s"
                        .formatted(
                                status,
                                answer.path("error").asText(),
                                answer.path("error_description").asText()))
                .strip();
        String where = " (" + said + ", realm " + Printable.of(login.realm()) + "). ";
        if (status == 404) {
            return "There is no login" + where + "Does the realm exist? Does Keycloak have a path, as in --server "
                    + connection.server() + "/auth?";
        }
        return login.client().isPresent()
                ? "The client cannot sign in" + where + "Compare " + Secrets.CLIENT_SECRET
                        + ", and turn on the client's Service accounts roles. --login-realm names another realm"
                : "The user cannot sign in" + where + "Compare the password. The server's own administrators are of"
                        + " --login-realm master; accounts with a second factor need --client, or a token in "
                        + Secrets.TOKEN;
    }
}
