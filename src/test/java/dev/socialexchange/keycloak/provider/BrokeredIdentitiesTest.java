package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.function.BiConsumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.JsonWebToken;

/** What the database could not hold is settled before it gets there. */
class BrokeredIdentitiesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t",
                "\u00a0", // no whitespace to Java
                "\u2003\u3000",
                "\u200b\u2060\ufeff", // nothing to see
                "\u0000",
                "a\u0000b",
                "a\nb",
                "\ud83e", // half of a character: stored as a question mark, and so is every other half
                "a\udd11b"
            })
    void anIdThatIsBlankOrCannotBeStoredIsRefused(String id) {
        assertUnusable(id);
        assertThat(DatabaseText.isName(id)).isFalse();
    }

    @Test
    void anIdThatIsTooLongIsRefusedAndNotCut() {
        assertUnusable("1".repeat(256));
        assertUnusable("🔑".repeat(128));
        assertUnusable(null);
        assertThat(settled("1".repeat(255)).getId()).hasSize(255);
        assertThat(settled("🔑".repeat(127)).getId()).hasSize(254);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", " 1", "ä", "愛", "🔑", "dbid:AAD", "https://social.example/users/ada", "1\u200b"})
    void otherIdsStayAsTheyAre(String id) {
        assertThat(settled(id).getId()).isEqualTo(id);
    }

    @Test
    void whatSomebodyIsCalledIsLeftOutRatherThanLockingThemOut() {
        String tooLong = "x".repeat(256);
        for (String unusable : new String[] {tooLong, "Ada\u0000", "\ud83e", "\u200b"}) {
            assertThat(with(BrokeredIdentityContext::setFirstName, unusable).getFirstName())
                    .isNull();
            assertThat(with(BrokeredIdentityContext::setLastName, unusable).getLastName())
                    .isNull();
            assertThat(with(BrokeredIdentityContext::setEmail, unusable).getEmail())
                    .isNull();
            assertThat(with(BrokeredIdentityContext::setUsername, unusable).getUsername())
                    .isEqualTo("alias.1");
        }
        assertThat(with(BrokeredIdentityContext::setUsername, null).getUsername())
                .isEqualTo("alias.1");
        assertThat(with(BrokeredIdentityContext::setFirstName, "Ada").getFirstName())
                .isEqualTo("Ada");
    }

    @Test
    void aUsernameMadeOfALongIdIsTheIdAlone() {
        BrokeredIdentityContext identity = identity("1".repeat(255));

        BrokeredIdentities.requireStorable(identity);

        assertThat(identity.getUsername()).isEqualTo("1".repeat(255));
    }

    /** Cut off, two sessions could be one; left out, the provider could not end it. */
    @Test
    void aProvidersSessionThatIsTooLongIsRefused() {
        assertThat(with(BrokeredIdentityContext::setBrokerSessionId, "s".repeat(1024))
                        .getBrokerSessionId())
                .hasSize(1024);
        for (String session : new String[] {"s".repeat(1025), "s\u0000", "\ud83e"}) {
            assertThatThrownBy(() -> with(BrokeredIdentityContext::setBrokerSessionId, session))
                    .asInstanceOf(InstanceOfAssertFactories.type(ExchangeException.class))
                    .returns(ExchangeError.TOKEN_INVALID, ExchangeException::error)
                    .returns("session_id_not_storable", ExchangeException::detail);
        }
    }

    /** Of what Keycloak (26.7) alone has verified, at its own doors. */
    @Test
    void tokenThatDoesNotSayWhenItWasIssuedIsOlderThanEverything() {
        BrokeredIdentityContext identity = identity("1");
        assertThat(BrokeredIdentities.issuedAt(identity)).as("no token").isEmpty();

        identity.getContextData().put(OIDCIdentityProvider.VALIDATED_ID_TOKEN, new JsonWebToken());
        assertThat(BrokeredIdentities.issuedAt(identity)).contains(0L);
        identity.getContextData().put(OIDCIdentityProvider.VALIDATED_ID_TOKEN, new JsonWebToken().iat(5L));
        assertThat(BrokeredIdentities.issuedAt(identity)).contains(5L);
    }

    private static void assertUnusable(String id) {
        assertThatThrownBy(() -> settled(id))
                .asInstanceOf(InstanceOfAssertFactories.type(ExchangeException.class))
                .returns(ExchangeError.ACCOUNT_ID_UNUSABLE, ExchangeException::error)
                .returns(false, ExchangeException::browserHelps);
    }

    private static BrokeredIdentityContext settled(String id) {
        BrokeredIdentityContext identity = identity(id);
        BrokeredIdentities.requireStorable(identity);
        return identity;
    }

    private static BrokeredIdentityContext with(BiConsumer<BrokeredIdentityContext, String> setter, String value) {
        BrokeredIdentityContext identity = identity("1");
        setter.accept(identity, value);
        BrokeredIdentities.requireStorable(identity);
        return identity;
    }

    private static BrokeredIdentityContext identity(String id) {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias("alias");
        provider.setEnabled(true);
        BrokeredIdentityContext identity = new BrokeredIdentityContext(provider);
        identity.setId(id);
        return identity;
    }
}
