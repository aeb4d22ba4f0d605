package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.INTROSPECTION;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.accessToken;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever tries the same bad token again and again costs the provider one call. */
class KnownRefusalsTest {
    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak().remembering();
    private final OfflineProvider provider = OpenIdFixture.provider(Map.of("tokenIntrospectionUrl", INTROSPECTION));

    @BeforeEach
    void openUserInfo() {
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"1\"}");
        keycloak.answering(INTROSPECTION, 200, "{\"active\":false}");
    }

    @Test
    void whatTheProviderHasRefusedIsRefusedAgainWithoutACall() {
        refused("bad-access-token", provider);
        refused("bad-access-token", provider);

        assertThat(keycloak.calls(INTROSPECTION)).hasSize(1);
    }

    @Test
    void anotherTokenAnotherClientAndOtherSettingsAreAskedAbout() {
        refused("bad-access-token", provider);

        refused("worse-access-token", provider);
        keycloak.by("another client");
        refused("bad-access-token", provider);
        refused(
                "bad-access-token",
                OpenIdFixture.provider(Map.of("tokenIntrospectionUrl", INTROSPECTION, "exchangeMaxAge", "60")));

        assertThat(keycloak.calls(INTROSPECTION)).hasSize(4);
    }

    @Test
    void outageIsNotRemembered() {
        keycloak.answering(INTROSPECTION, 503, "{}");
        assertRefused(
                keycloak,
                provider,
                accessToken("good-access-token"),
                ExchangeError.PROVIDER_UNAVAILABLE,
                "provider_status_503");

        keycloak.answering(
                INTROSPECTION,
                200,
                "{\"active\":true,\"client_id\":\"our-app\",\"sub\":\"1\",\"token_type\":\"Bearer\"}");
        prove(keycloak, provider, accessToken("good-access-token"));

        assertThat(keycloak.recorded()).as("who waits for a place is let know").contains("accepted");
    }

    private void refused(String token, OfflineProvider asked) {
        assertRefused(keycloak, asked, accessToken(token), ExchangeError.TOKEN_INVALID, "not_active");
    }
}
