package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;

class KnownUserTest {

    @Test
    void aLinkIsLookedAtOnlyWhereTheAccountHasATokenOrHadAnotherId() {
        BrokeredIdentityContext plain = identity();
        BrokeredIdentityContext stored = identity();
        stored.setToken("{\"access_token\":\"new\"}");
        BrokeredIdentityContext renumbered = identity();
        renumbered.setLegacyId("0");

        assertThat(KnownUser.mayChangeLink(plain)).isFalse();
        assertThat(KnownUser.mayChangeLink(stored)).isTrue();
        assertThat(KnownUser.mayChangeLink(renumbered)).isTrue();
    }

    private static BrokeredIdentityContext identity() {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setEnabled(true);
        return new BrokeredIdentityContext("1", provider);
    }
}
