package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.ProviderData;
import dev.socialexchange.keycloak.simulator.TelegramSigned;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What only some providers have to do. */
final class SpecialConformance extends ConformanceChecks {
    static final String SIGNED = "-signed";

    private SpecialConformance() {}

    static Stream<DynamicTest> furtherParameters(Descriptor descriptor) {
        String id = descriptor.id();
        DataProvider provider = ConformanceRealm.provider(id);
        assertThat(provider.data().token().further().keySet())
                .containsExactlyInAnyOrderElementsOf(descriptor
                        .authorizationCode()
                        .orElseThrow()
                        .companions()
                        .parameters());
        return descriptor.authorizationCode().orElseThrow().companions().parameters().stream()
                .map(needed -> test(id, TokenKind.AUTHORIZATION_CODE, "needs the " + needed + " it came with", () -> {
                    Person person = Suite.newPerson();
                    String code = provider.code(provider.clientId(), person, REDIRECT, CHALLENGE);
                    assertRefused(code(id, code, Map.of()), 400, "invalid_request", "parameter_missing");
                    assertRefused(
                            code(id, code, Map.of(needed, "x".repeat(1025))),
                            400,
                            "invalid_request",
                            "parameter_invalid");
                    if (!provider.data().token().further().get(needed).equals(ProviderData.ANY)) {
                        assertRefused(
                                code(id, code, Map.of(needed, "another")), 400, "invalid_request", "token_invalid");
                    }
                    assertUnknown(provider, id, person);
                }));
    }

    static Stream<DynamicTest> signedData(Descriptor descriptor) {
        if (descriptor.signedData().isEmpty()) {
            return Stream.empty();
        }
        String id = descriptor.id();
        String alias = id + SIGNED;
        DataProvider provider = ConformanceRealm.provider(id);
        String secret = provider.data().signedData().botToken();
        TokenKind kind = TokenKind.SIGNED_DATA;
        return Stream.of(
                test(id, kind, "opens the account that the provider describes, however it is spelled", () -> {
                    for (TelegramSigned.Spelling spelling : TelegramSigned.Spelling.values()) {
                        Person person = Suite.newPerson();
                        String data = provider.signedData(secret, person).as(spelling);
                        assertIdentity(provider, person, false, signedData(alias, data));
                    }
                }),
                test(id, kind, "of another app is refused", () -> {
                    for (TelegramSigned.Spelling spelling : TelegramSigned.Spelling.values()) {
                        Person person = Suite.newPerson();
                        String data = provider.signedData(TelegramSigned.FOREIGN_BOT, person)
                                .as(spelling);
                        assertRefused(signedData(alias, data), 400, "invalid_request", "token_invalid");
                        assertUnknown(provider, alias, person);
                    }
                }),
                test(id, kind, "that is too old is refused", () -> {
                    Person person = Suite.newPerson();
                    String data = provider.signedData(secret, person)
                            .with("auth_date", Instant.now().getEpochSecond() - 3700)
                            .as(TelegramSigned.Spelling.WIDGET_JSON);
                    assertRefused(signedData(alias, data), 400, "invalid_request", "token_too_old");
                    assertUnknown(provider, alias, person);
                }),
                test(id, kind, "that was used before is refused, in other words too", () -> {
                    TelegramSigned signed = provider.signedData(secret, Suite.newPerson());
                    String data = signed.as(TelegramSigned.Spelling.WIDGET_JSON);
                    assertThat(signedData(alias, data).status()).isEqualTo(200);
                    assertRefused(signedData(alias, data), 400, "invalid_request", "token_replayed");
                    String again = signed.as(TelegramSigned.Spelling.WIDGET_QUERY);
                    assertRefused(signedData(alias, again), 400, "invalid_request", "token_replayed");
                }));
    }
}
