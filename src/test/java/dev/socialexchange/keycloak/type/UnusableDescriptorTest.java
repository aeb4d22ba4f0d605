package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ExtensionLog;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** An identity provider was saved while its file was good; now the file is gone or has a mistake. */
class UnusableDescriptorTest {

    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final CustomIdentityProvider.Factory factory = new CustomIdentityProvider.Factory();

    @Test
    void exchangeFindsItClosedWithAReasonForTheEvent() {
        KeycloakSession session = session();

        assertThatThrownBy(() -> ExchangeIdentityProviders.open(session, "intranet"))
                .isInstanceOfSatisfying(ExchangeException.class, closed -> {
                    assertThat(closed.error()).isEqualTo(ExchangeError.PROVIDER_UNKNOWN);
                    assertThat(closed.detail()).isEqualTo("descriptor_unusable");
                    assertThat(closed.getMessage())
                            .isEqualTo(ExchangeIdentityProviders.notOpen(null).getMessage());
                });
        assertSaidOnce();
    }

    @Test
    void provesNothingAndSignsNobodyIn() {
        CustomIdentityProvider provider = factory.create(null, model());

        assertThat(provider.isUsable()).isFalse();
        assertThat(provider.descriptor().provable()).isEmpty();
        assertThat(provider.descriptor().accessToken()).isEmpty();
        assertThat(provider.getConfig().getTokenUrl()).isNull();
        assertThatThrownBy(() -> provider.performLogin(null))
                .isInstanceOf(IdentityBrokerException.class)
                .hasMessageContaining("descriptor of the identity provider intranet");
        assertSaidOnce();
    }

    @Test
    void canBeMadeForALogout() {
        assertThat(factory.create(null, model()).keycloakInitiatedBrowserLogout(null, null, null, null))
                .isNull();
        assertSaidOnce();
    }

    private void assertSaidOnce() {
        factory.create(null, model());

        assertThat(log.lines())
                .containsExactly(
                        "ERROR: Identity providers with the descriptor \"intranet\" are closed: the server has read"
                                + " no usable file intranet.yaml at its start; see its log");
    }

    private static IdentityProviderModel model() {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias("intranet");
        model.setProviderId(CustomIdentityProvider.PROVIDER_ID);
        model.setEnabled(true);
        model.getConfig()
                .putAll(Map.of(
                        "clientId", "our-client",
                        "exchangeClients", "front-end",
                        "descriptor", "intranet",
                        "tokenUrl", "https://left.over.example/token"));
        return model;
    }

    private KeycloakSession session() {
        IdentityProviderStorageProvider providers =
                answering(IdentityProviderStorageProvider.class, Map.of("getByAlias", model()));
        KeycloakSessionFactory factories =
                answering(KeycloakSessionFactory.class, Map.of("getProviderFactory", factory));
        return answering(
                KeycloakSession.class, Map.of("identityProviders", providers, "getKeycloakSessionFactory", factories));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (!answers.containsKey(method.getName())) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return answers.get(method.getName());
                }));
    }
}
