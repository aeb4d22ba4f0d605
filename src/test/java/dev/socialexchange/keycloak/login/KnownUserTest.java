package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.OddJson;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;

/** What a later login changes of a link, and what becomes of a stored token when it brings another one. */
class KnownUserTest {
    private static final String NEW = "{\"access_token\":\"new\"}";

    @Test
    void keepsTheRefreshTokenThatALaterAnswerDoesNotRepeat() {
        assertThat(merged(NEW, "{\"access_token\":\"old\",\"refresh_token\":\"once\"}"))
                .isEqualTo("{\"access_token\":\"new\",\"refresh_token\":\"once\"}");
        assertThat(merged("{\"refresh_token\":\"second\"}", "{\"refresh_token\":\"first\"}"))
                .isEqualTo("{\"refresh_token\":\"second\"}");
    }

    @Test
    void whateverStandsThereIsReplacedIfItCannotBeRead() {
        assertThat(merged(NEW, null)).isEqualTo(NEW);
        OddJson.values().forEach(odd -> {
            assertThat(merged(NEW, odd)).isEqualTo(NEW);
            assertThat(merged(odd, "{\"refresh_token\":\"once\"}")).isNotBlank();
        });
        OddJson.in("{\"refresh_token\":" + OddJson.PLACE + "}")
                .forEach(odd -> assertThat(merged(NEW, odd)).startsWith("{\"access_token\":\"new\""));
    }

    @Test
    void aLinkIsLookedAtOnlyWhereTheAccountHasATokenOrHadAnotherId() {
        BrokeredIdentityContext plain = identity();
        BrokeredIdentityContext stored = identity();
        stored.setToken(NEW);
        BrokeredIdentityContext renumbered = identity();
        renumbered.setLegacyId("0");

        assertThat(KnownUser.mayChangeLink(plain)).isFalse();
        assertThat(KnownUser.mayChangeLink(stored)).isTrue();
        assertThat(KnownUser.mayChangeLink(renumbered)).isTrue();
    }

    private static String merged(String now, String before) {
        BrokeredIdentityContext identity = identity();
        identity.setToken(now);
        return KnownUser.merged(identity, before);
    }

    private static BrokeredIdentityContext identity() {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setEnabled(true);
        return new BrokeredIdentityContext("1", provider);
    }
}
