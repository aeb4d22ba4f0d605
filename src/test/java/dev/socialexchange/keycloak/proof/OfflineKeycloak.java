package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Deadline;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.net.ProviderCalls;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.crypto.AsymmetricSignatureProvider;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

/** What a proof needs of a Keycloak, in memory: keys, calls, single use, the vault. */
final class OfflineKeycloak {
    private final Map<String, KeyWrapper> keys = new HashMap<>();
    private final Map<String, Function<Call, Outcome>> endpoints = new LinkedHashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    OfflineKeycloak knowing(Issuer issuer) {
        keys.put(issuer.publicKey().getKid(), issuer.publicKey());
        return this;
    }

    /** @param url that calls begin with */
    OfflineKeycloak answering(String url, Function<Call, Outcome> answer) {
        endpoints.put(url, answer);
        return this;
    }

    OfflineKeycloak answering(String url, int status, String json) {
        return answering(url, call -> answer(status, "application/json", json));
    }

    static Outcome answer(int status, String contentType, String body) {
        return new Outcome.Answer(status, Map.of("content-type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The calls that were sent to an address. */
    List<Call> calls(String url) {
        return calls.stream()
                .filter(call -> call.uri().toString().startsWith(url))
                .toList();
    }

    KeycloakSession session() {
        RealmModel realm = fake(RealmModel.class, Map.of("getId", arguments -> "realm"));
        ClientModel client =
                fake(ClientModel.class, Map.of("getId", arguments -> "client", "getClientId", arguments -> "client"));
        KeycloakContext context =
                fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm, "getClient", arguments -> client));
        SingleUseObjectProvider once = fake(
                SingleUseObjectProvider.class,
                Map.of(
                        "putIfAbsent", arguments -> used.add((String) arguments[0]),
                        "contains", arguments -> used.contains((String) arguments[0]),
                        "remove",
                                arguments -> {
                                    used.remove((String) arguments[0]);
                                    return null;
                                }));
        VaultStringSecret noSecret = fake(VaultStringSecret.class, Map.of("get", arguments -> Optional.empty()));
        VaultTranscriber vault = fake(VaultTranscriber.class, Map.of("getStringSecret", arguments -> noSecret));
        return fake(
                KeycloakSession.class,
                Map.of(
                        "getContext", arguments -> context,
                        "singleUseObjects", arguments -> once,
                        "vault", arguments -> vault,
                        "getProvider", this::provider));
    }

    private Object provider(Object[] arguments) {
        if (arguments[0] == ProviderCalls.class) {
            return new Calls();
        }
        if (arguments[0] == SignatureProvider.class) {
            return new AsymmetricSignatureProvider(null, (String) arguments[1]);
        }
        if (arguments[0] == PublicKeyStorageProvider.class) {
            return fake(
                    PublicKeyStorageProvider.class,
                    Map.of("getPublicKey", of -> of.length == 4 ? keys.get((String) of[1]) : null));
        }
        throw new UnsupportedOperationException(String.valueOf(arguments[0]));
    }

    private final class Calls implements ProviderCalls {
        @Override
        public List<Outcome> sideBySide(List<Call> sent, Deadline deadline) {
            return sent.stream().map(this::outcome).toList();
        }

        private Outcome outcome(Call call) {
            calls.add(call);
            return endpoints.entrySet().stream()
                    .filter(endpoint -> call.uri().toString().startsWith(endpoint.getKey()))
                    .map(endpoint -> endpoint.getValue().apply(call))
                    .findFirst()
                    .orElseGet(() -> new Outcome.Failure(Outcome.Cause.CONNECTION));
        }

        @Override
        public Outcome sendForEverybody(Call call, Deadline deadline) {
            return outcome(call);
        }

        @Override
        public <T> Loaded<T> load(Load<T> load, Deadline deadline) {
            return new Loaded<>(System.nanoTime(), load.load().get());
        }

        @Override
        public Optional<ExchangeException> refusedJustNow(List<String> question) {
            return Optional.empty();
        }

        @Override
        public void accepted() {
            // nobody else waits
        }

        @Override
        public void refused(List<String> question, ExchangeException refusal) {
            // each test asks once
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    private static <T> T fake(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    Function<Object[], Object> answer = methods.get(method.getName());
                    if (answer == null) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return answer.apply(arguments);
                }));
    }
}
