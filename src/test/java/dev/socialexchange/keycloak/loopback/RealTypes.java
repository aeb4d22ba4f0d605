package dev.socialexchange.keycloak.loopback;

import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.broker.provider.IdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserProvider;

/** The classes that Keycloak would find and make, with a session that knows of nobody. */
public final class RealTypes {
    private static final RealmModel REALM = fake(RealmModel.class, Map.of("getId", arguments -> "realm"));
    private static final KeycloakContext CONTEXT = fake(KeycloakContext.class, Map.of("getRealm", arguments -> REALM));
    private static final UserProvider NOBODY =
            fake(UserProvider.class, Map.of("getUserByFederatedIdentity", arguments -> null));
    private static final KeycloakSession SESSION =
            fake(KeycloakSession.class, Map.of("getContext", arguments -> CONTEXT, "users", arguments -> NOBODY));

    private static final Map<String, IdentityProviderFactory<?>> FACTORIES = Stream.of(
                    IdentityProviderFactory.class, SocialIdentityProviderFactory.class)
            .flatMap(RealTypes::ours)
            .collect(Collectors.toMap(IdentityProviderFactory::getId, Function.identity()));

    private RealTypes() {}

    public static ExchangeIdentityProvider create(
            String alias, String type, boolean trustEmail, Map<String, String> settings) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias(alias);
        model.setInternalId(alias);
        model.setProviderId(type);
        model.setEnabled(true);
        model.setTrustEmail(trustEmail);
        model.getConfig().putAll(settings);
        return of(model);
    }

    public static ExchangeIdentityProvider of(IdentityProviderModel model) {
        return (ExchangeIdentityProvider) FACTORIES.get(model.getProviderId()).create(SESSION, model);
    }

    /** What the jar announces; some of Keycloak's own beside it do not load here. */
    private static Stream<IdentityProviderFactory<?>> ours(Class<?> kind) {
        try {
            return Files.readAllLines(Path.of("src/main/resources/META-INF/services", kind.getName())).stream()
                    .map(RealTypes::factory);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static IdentityProviderFactory<?> factory(String name) {
        try {
            return (IdentityProviderFactory<?>)
                    Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException notAFactory) {
            throw new IllegalStateException(name, notAFactory);
        }
    }

    /** An object that knows these methods only. */
    public static <T> T fake(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Function<Object[], Object> answer = methods.get(method.getName());
                    if (answer == null) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return answer.apply(arguments);
                }));
    }
}
