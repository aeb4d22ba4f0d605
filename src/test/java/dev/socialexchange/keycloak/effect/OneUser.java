package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.login.LoginMemoryFactory;
import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.SignalSettings;
import io.opentelemetry.api.trace.Span;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.broker.provider.IdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.common.ClientConnection;
import org.keycloak.common.Profile;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeyManager;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.tracing.TracingProvider;

/** A realm with one user, whom an administrator has providers speak about, and transactions that see what was written at once. */
final class OneUser {
    static {
        Profile.defaults(); // which features there are, as on a server
    }

    private boolean delegated;
    private final Map<String, String> smtp = new HashMap<>();
    private final Map<String, String> settings =
            new HashMap<>(Map.of("exchangeSignals", "enforce", "exchangeSignalsGrace", "7"));
    private final Map<String, List<String>> attributes = new HashMap<>();
    private final Map<String, ExternalAccount> links = new HashMap<>();
    private final Set<Object> claimed = new HashSet<>();
    private final RealmModel realm = fake(
            RealmModel.class,
            Map.of(
                    "getId",
                    arguments -> "realm",
                    "getName",
                    arguments -> "shop",
                    "getSmtpConfig",
                    arguments -> smtp,
                    "isResetPasswordAllowed",
                    arguments -> true,
                    "isAdminPermissionsEnabled",
                    arguments -> delegated,
                    "getAdminPermissionsClient",
                    arguments -> fake(ClientModel.class, Map.of())));
    private final UserModel stored = user(attributes);
    private UserModel found = stored;
    private boolean removed;
    private boolean enabled = true;
    private String email;
    private boolean verified;
    private final KeycloakSession session = made();

    private UserModel user(Map<String, List<String>> attributes) {
        SubjectCredentialManager credentials = fake(SubjectCredentialManager.class, Map.of());
        Map<String, Function<Object[], Object>> account = Map.of(
                "isEnabled", arguments -> enabled,
                "setEnabled", arguments -> enabled = (boolean) arguments[0],
                "getEmail", arguments -> email,
                "isEmailVerified", arguments -> verified,
                "credentialManager", arguments -> credentials);
        return fake(
                UserModel.class,
                both(
                        account,
                        Map.of(
                                "getId", arguments -> "u",
                                "getUsername", arguments -> "ada",
                                "getFirstAttribute",
                                        arguments -> attributes.getOrDefault(arguments[0], List.of()).stream()
                                                .findFirst()
                                                .orElse(null),
                                "getAttributeStream",
                                        arguments -> attributes.getOrDefault(arguments[0], List.of()).stream(),
                                "setSingleAttribute",
                                        arguments ->
                                                attributes.put((String) arguments[0], List.of((String) arguments[1])),
                                "setAttribute",
                                        arguments -> attributes.put(
                                                (String) arguments[0],
                                                ((List<?>) arguments[1])
                                                        .stream()
                                                                .map(Object::toString)
                                                                .toList()),
                                "getRoleMappingsStream", arguments -> Stream.empty(),
                                "getGroupsStream", arguments -> Stream.empty())));
    }

    private static Map<String, Function<Object[], Object>> both(
            Map<String, Function<Object[], Object>> some, Map<String, Function<Object[], Object>> more) {
        Map<String, Function<Object[], Object>> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private KeycloakSession made() {
        ClientConnection connection = fake(ClientConnection.class, Map.of());
        TracingProvider tracing = fake(TracingProvider.class, Map.of("getCurrentSpan", arguments -> Span.getInvalid()));
        UserSessionProvider sessions = fake(UserSessionProvider.class, Map.of());
        IdentityProviderFactory<?> types = fake(
                IdentityProviderFactory.class,
                Map.of("create", arguments -> RealTypes.of((IdentityProviderModel) arguments[1])));
        KeycloakContext context = fake(
                KeycloakContext.class,
                Map.of("getRealm", arguments -> realm, "getConnection", arguments -> connection));
        UserProvider users = fake(
                UserProvider.class,
                Map.of(
                        "getUserById", arguments -> stored,
                        "searchForUserByUserAttributeStream",
                                arguments -> arguments[2].equals(found.getFirstAttribute((String) arguments[1]))
                                        ? Stream.of(found)
                                        : Stream.empty(),
                        "getFederatedIdentity", arguments -> asStored(links.get(arguments[2])),
                        "getUserByFederatedIdentity",
                                arguments -> {
                                    FederatedIdentityModel asked = (FederatedIdentityModel) arguments[1];
                                    ExternalAccount account =
                                            new ExternalAccount(asked.getIdentityProvider(), asked.getUserId());
                                    return links.containsValue(account) ? stored : null;
                                },
                        "removeFederatedIdentity", arguments -> links.remove(arguments[2]) != null,
                        "removeUser", arguments -> removed = true));
        IdentityProviderStorageProvider providers = fake(
                IdentityProviderStorageProvider.class,
                Map.of("getByAlias", arguments -> provider((String) arguments[0])));
        KeyWrapper key = new KeyWrapper();
        key.setSecretKey(new SecretKeySpec(new byte[64], "HmacSHA512"));
        KeyManager keys = fake(
                KeyManager.class,
                Map.of("getActiveKey", arguments -> key, "getKeysStream", arguments -> Stream.of(key)));
        SingleUseObjectProvider once = fake(
                SingleUseObjectProvider.class,
                Map.of(
                        "putIfAbsent", arguments -> claimed.add(arguments[0]),
                        "contains", arguments -> claimed.contains(arguments[0]),
                        "remove",
                                arguments -> {
                                    claimed.remove(arguments[0]);
                                    return Map.of();
                                }));
        KeycloakTransactionManager transactions = fake(KeycloakTransactionManager.class, Map.of());
        RealmProvider realms = fake(RealmProvider.class, Map.of("getRealm", arguments -> realm));
        LoginMemoryFactory memory = new LoginMemoryFactory();
        Map<String, Function<Object[], Object>> methods = new HashMap<>(Map.of(
                "getContext", arguments -> context,
                "users", arguments -> users,
                "realms", arguments -> realms,
                "keys", arguments -> keys,
                "identityProviders", arguments -> providers,
                "singleUseObjects", arguments -> once,
                "getTransactionManager", arguments -> transactions,
                "getProvider",
                        arguments -> switch (((Class<?>) arguments[0]).getSimpleName()) {
                            case "LoginMemory" -> memory.create(null);
                            case "TracingProvider" -> tracing;
                            default -> null;
                        }));
        methods.put("sessions", arguments -> sessions);
        KeycloakSession[] own = new KeycloakSession[1];
        KeycloakSessionFactory factory = fake(
                KeycloakSessionFactory.class,
                Map.of(
                        "create", arguments -> own[0],
                        "getProviderFactory",
                                arguments -> arguments[0] == SocialIdentityProvider.class ? types : null));
        methods.put("getKeycloakSessionFactory", arguments -> factory);
        own[0] = fake(KeycloakSession.class, methods);
        return own[0];
    }

    private static FederatedIdentityModel asStored(ExternalAccount account) {
        return account == null ? null : new FederatedIdentityModel(account.alias(), account.id(), "ada");
    }

    /** Of the type that the alias names. */
    private IdentityProviderModel provider(String alias) {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias(alias);
        provider.setProviderId(alias);
        provider.setEnabled(true);
        provider.getConfig().putAll(settings);
        return provider;
    }

    /** An object that knows these methods, and answers others by nothing. */
    private static <T> T fake(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Function<Object[], Object> answer = methods.get(method.getName());
                    if (answer != null) {
                        return answer.apply(arguments);
                    }
                    return switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        default -> nothing(method.getReturnType());
                    };
                }));
    }

    private static Object nothing(Class<?> type) {
        return type == boolean.class
                ? Boolean.FALSE
                : type == Stream.class ? Stream.empty() : type == int.class ? 0 : null;
    }

    KeycloakSession session() {
        return session;
    }

    /** As the database has them. */
    UserModel stored() {
        return stored;
    }

    boolean removed() {
        return removed;
    }

    void link(ExternalAccount account) {
        links.put(account.alias(), account);
    }

    void unlink(String alias) {
        links.remove(alias);
    }

    /** Of every provider's signals. */
    SignalSettings signals() {
        return new ExchangeSettings(settings).signals();
    }

    void set(String setting, String value) {
        settings.put(setting, value);
    }

    /** In a realm that sends mail. */
    void hasAddress(String address, boolean isVerified) {
        smtp.put("host", "localhost");
        email = address;
        verified = isVerified;
    }

    /** From now on whoever looks for users finds this one as they are now, as with a cache that does not hear of what is written. */
    void seeStale() {
        found = user(Map.copyOf(attributes));
    }

    /** By a permission: nobody can read of whom it is one. */
    void administers() {
        delegated = true;
    }
}
