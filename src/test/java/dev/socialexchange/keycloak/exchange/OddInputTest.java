package dev.socialexchange.keycloak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody posts, the answer is a refusal in our shape, and never a server error. */
class OddInputTest {
    private static final Set<String> REASONS = Set.of(
            "parameter_invalid",
            "parameter_missing", // Keycloak has removed control characters, and "%00" for one
            "token_invalid",
            "token_expired",
            "token_too_old",
            "token_kind_mismatch",
            "token_for_another_app",
            "issuer_mismatch");

    private static final ExchangeIdentityProvider ACME = DemoProviders.like("acme");

    /** Numbered, since a report is no place for what is in them. */
    static Stream<Arguments> oddTokens() {
        List<String> tokens = OddTokens.all();
        return Stream.of("id_token", "access_token")
                .flatMap(kind -> IntStream.range(0, tokens.size()).mapToObj(index -> arguments(kind, index)));
    }

    @ParameterizedTest
    @MethodSource("oddTokens")
    void refusesTokenThatNoProviderIssued(String kind, int index) {
        String token = OddTokens.all().get(index);

        Exchanged exchanged = Loopback.exchange(ACME, "urn:ietf:params:oauth:token-type:" + kind, token, Map.of());

        assertThat(REASONS)
                .as(token.substring(0, Math.min(200, token.length())))
                .contains(exchanged.reason());
        exchanged.assertRefused(400, "invalid_request", exchanged.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".AAAA", ".!!!!"})
    void refusesTokenOfTheProviderWithoutItsSignature(String signature) {
        String token = Loopback.providers().acme().idToken("acme-client", Loopback.newPerson());

        Loopback.idToken(ACME, token.substring(0, token.lastIndexOf('.')) + signature)
                .assertRefused(400, "invalid_request", "token_invalid");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("dev.socialexchange.keycloak.exchange.OddClaims#all")
    void answersOddClaimsOfTheProviderWithoutServerError(String claim, int index, List<Object> value) {
        Person person = Loopback.newPerson();
        String token =
                Loopback.providers().acme().idToken("acme-client", person, claims -> claims.put(claim, value.get(0)));

        Exchanged exchanged = Loopback.idToken(ACME, token);

        if (exchanged.isProven()) {
            assertThat(exchanged.identity().getId())
                    .isEqualTo(claim.equals("sub") ? String.valueOf(value.get(0)) : person.id());
        } else {
            assertThat(exchanged.refusal().error().status())
                    .as(exchanged.event())
                    .isIn(400, 403, 503);
            assertThat(exchanged.reason()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "aud", "azp", "iss"})
    void refusesSignedTokenWhoseClaimsHaveTheWrongType(String claim) {
        for (Object value : List.of(List.of(List.of()), Map.of("a", 1), "soon", true)) {
            String token = Loopback.providers()
                    .acme()
                    .idToken("acme-client", Loopback.newPerson(), claims -> claims.put(claim, value));

            Exchanged exchanged = Loopback.idToken(ACME, token);
            assertThat(exchanged.isProven()).as("%s %s", claim, value).isFalse();
            exchanged.assertRefused(400, "invalid_request", exchanged.reason());
        }
    }
}
