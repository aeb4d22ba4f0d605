package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tries every exchange of a test class by a dry-run before it is made: both must come to the same end, and the dry-run must
 * leave nothing behind. All classes do where {@code -Dit.rehearse} is set.
 */
public final class Rehearsals implements BeforeAllCallback, AfterAllCallback {
    private static final boolean ALWAYS = Boolean.getBoolean("it.rehearse");
    private static final Pattern TOKEN_ENDPOINT =
            Pattern.compile("(.*)(/realms/([^/]+)/)protocol/openid-connect/token");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_.-]{1,255}");

    /** Of the door and of what stands before it: a dry-run has an administrator, and not the client. */
    private static final Set<String> OF_THE_DOOR =
            Set.of("invalid_client", "unauthorized_client", "invalid_dpop_proof", "slow_down");

    private static final AtomicLong COMPARED = new AtomicLong();
    private static volatile boolean on = ALWAYS;

    @Override
    public void beforeAll(ExtensionContext context) {
        on = true;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        on = ALWAYS;
    }

    private static final class Administrator {
        static final AdminApi API = Suite.admin();
    }

    /** How many exchanges of this run have been tried before. */
    public static long compared() {
        return COMPARED.get();
    }

    static Answer before(TokenRequest request, Supplier<Answer> exchange) {
        Optional<Tried> tried = on ? Tried.of(request) : Optional.empty();
        if (tried.isEmpty()) {
            return exchange.get();
        }
        Answer told = tried.get().run();
        Answer answer = exchange.get();
        if (!OF_THE_DOOR.contains(answer.error())
                && !answer.errorReason().equals("throttled")
                && told.status() == 200) {
            assertSame(told, answer);
        }
        return answer;
    }

    private static void assertSame(Answer told, Answer answer) {
        COMPARED.incrementAndGet();
        var verdict = told.json().path("verdict");
        if (verdict.path("outcome").asText().equals("not_tried")) {
            return;
        }
        String expected = "%d %s %s".formatted(answer.status(), answer.error(), answer.errorReason());
        String found = "%d %s %s"
                .formatted(
                        verdict.path("status").asInt(),
                        verdict.path("error").asText(""),
                        verdict.path("error_reason").asText(""));
        assertThat(found).as("the dry-run: %s", told.body()).isEqualTo(expected);
        assertThat(told.json().path("steps")).as("the steps").isNotEmpty();
        assertThat(told.body()).doesNotContain("ey" + "J", "client_secret");
    }

    /** A request that can be tried: an exchange of one provider, by a client that it names, and not of a code. */
    private record Tried(
            String server, String realmPath, String realm, String alias, List<Map.Entry<String, String>> form) {

        static Optional<Tried> of(TokenRequest request) {
            Matcher endpoint = TOKEN_ENDPOINT.matcher(request.endpoint().toString());
            List<String> issuers = values(request, "subject_issuer");
            Optional<String> client = client(request);
            boolean once = request.parameters().stream()
                            .map(Map.Entry::getKey)
                            .filter(name -> !name.equals("audience") && !name.equals("resource"))
                            .distinct()
                            .count()
                    == request.parameters().stream()
                            .map(Map.Entry::getKey)
                            .filter(name -> !name.equals("audience") && !name.equals("resource"))
                            .count();
            if (!endpoint.matches()
                    || !endpoint.group(1).equals(Suite.keycloak().url().toString())
                    || issuers.size() != 1
                    || !ALIAS.matcher(issuers.get(0)).matches()
                    || client.isEmpty()
                    || !once
                    || values(request, "subject_token_type").contains(TokenType.AUTHORIZATION_CODE)
                    || request.headers().stream()
                            .anyMatch(header -> header.getKey().equalsIgnoreCase("DPoP"))) {
                return Optional.empty();
            }
            List<Map.Entry<String, String>> form = new ArrayList<>(request.parameters().stream()
                    .filter(parameter -> !parameter.getKey().equals("client_id"))
                    .filter(parameter -> !parameter.getKey().equals("client_secret"))
                    .filter(parameter -> !parameter.getKey().equals("grant_type"))
                    .filter(parameter -> !parameter.getKey().equals("subject_issuer"))
                    .toList());
            form.add(Map.entry("client_id", client.get()));
            return Optional.of(
                    new Tried(endpoint.group(1), endpoint.group(2), endpoint.group(3), issuers.get(0), form));
        }

        private static List<String> values(TokenRequest request, String name) {
            return request.parameters().stream()
                    .filter(parameter -> parameter.getKey().equals(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        private static Optional<String> client(TokenRequest request) {
            Optional<String> basic = request.headers().stream()
                    .filter(header -> header.getKey().equals("Authorization"))
                    .filter(header -> header.getValue().startsWith("Basic "))
                    .map(header -> header.getValue().replaceFirst("^Basic ", ""))
                    .map(pair -> new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8))
                    .map(pair -> pair.substring(0, pair.indexOf(':')))
                    .findFirst();
            return basic.or(() -> values(request, "client_id").stream().findFirst());
        }

        Answer run() {
            Optional<Stock> before = quiet() ? Stocktaker.take(server + realmPath) : Optional.empty();
            Answer told = Administrator.API.of(realm).form("/social-exchange/providers/" + alias + "/dry-run", form);
            if (before.isPresent() && quiet()) {
                Stocktaker.take(server + realmPath).ifPresent(after -> assertThat(after.changes(before.get()))
                        .as("what a dry-run has left behind: %s", told.body())
                        .filteredOn(change -> !change.equals("single-use objects +1")
                                || !told.body().contains("provider_unavailable"))
                        .isEmpty());
            }
            return told;
        }

        private static boolean quiet() {
            return !Http.busy();
        }
    }
}
