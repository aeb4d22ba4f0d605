package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.provider.FormerLink;
import dev.socialexchange.keycloak.provider.ImportMark;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.StoppedMail;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.userprofile.DeclarativeUserProfileProviderFactory;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Keycloak's user profile, under its own id, which lets nobody write, change or remove what only we write: neither people, where
 * a realm lets them have attributes that its profile does not know, nor administrators by accident. In addition to what the
 * server's options make read-only.
 */
public final class GuardedUserProfile extends DeclarativeUserProfileProviderFactory {
    private static final Set<String> OPTIONS = Set.of(CONFIG_READ_ONLY_ATTRIBUTES, CONFIG_ADMIN_READ_ONLY_ATTRIBUTES);

    /** What is written by us alone; of the last ones, all that begin so. */
    private static final List<String> ATTRIBUTES = List.of(
            Takeover.ATTRIBUTE,
            LinkMark.ATTRIBUTE,
            FormerLink.ATTRIBUTE,
            ImportMark.ATTRIBUTE + '*',
            "social-exchange.deletion*",
            "social-exchange.moving*",
            StoppedMail.ATTRIBUTE);

    /** False where another user profile has taken the place of Keycloak's. */
    static boolean isInPlace(KeycloakSession session) {
        return session.getKeycloakSessionFactory().getProviderFactory(UserProfileProvider.class)
                instanceof GuardedUserProfile;
    }

    @Override
    public void init(Config.Scope config) {
        super.init(guarded(config));
    }

    /** A proxy, since the interface differs from one version of Keycloak to the next. */
    private static Config.Scope guarded(Config.Scope config) {
        return (Config.Scope) Proxy.newProxyInstance(
                GuardedUserProfile.class.getClassLoader(),
                new Class<?>[] {Config.Scope.class},
                (proxy, method, arguments) -> {
                    Object value = call(() -> method.invoke(config, arguments));
                    return method.getName().equals("getArray") && OPTIONS.contains((String) arguments[0])
                            ? with((String[]) value)
                            : value;
                });
    }

    private static Object call(Callable<Object> call) throws Throwable {
        try {
            return call.call();
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** @param attributes null where the server has no such option */
    private static String[] with(String[] attributes) {
        Stream<String> configured = attributes == null ? Stream.empty() : Arrays.stream(attributes);
        return Stream.concat(configured, ATTRIBUTES.stream()).toArray(String[]::new);
    }

    @Override
    public int order() {
        return PROVIDER_PRIORITY + 1; // above Keycloak's own factory of this id
    }
}
