package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Deadline;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.net.ProviderCalls;
import dev.socialexchange.keycloak.provider.Secrets;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.keycloak.common.VerificationException;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.crypto.AsymmetricSignatureProvider;
import org.keycloak.crypto.ECDSASignatureProvider;
import org.keycloak.crypto.EdDSASignatureProvider;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.crypto.SignatureProvider;

/** What a proof needs of a Keycloak, in memory: keys, calls, single use, the vault, a clock. */
public final class OfflineKeycloak implements Surroundings {

    static {
        CryptoIntegration.init(OfflineKeycloak.class.getClassLoader());
    }

    private final Map<String, KeyWrapper> known = new HashMap<>();
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Map<String, Function<Call, Outcome>> endpoints = new LinkedHashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final Map<String, String> vault = new HashMap<>();
    private final List<byte[]> sealingKeys = new ArrayList<>(List.of(new byte[] {1, 2, 3}));
    private final List<String> recorded = new ArrayList<>();
    private final Map<List<String>, ExchangeException> refused = new HashMap<>();
    private Supplier<ProviderCalls> http = Calls::new;
    private boolean remembering;
    private String client = "client";
    private InstantSource clock = InstantSource.system();

    /** Whose keys have just been loaded. */
    public OfflineKeycloak knowing(Issuer issuer) {
        known.put(issuer.publicKey().getKid(), issuer.publicKey());
        return this;
    }

    /** @param url that calls begin with */
    public OfflineKeycloak answering(String url, Function<Call, Outcome> answer) {
        endpoints.put(url, answer);
        return this;
    }

    public OfflineKeycloak answering(String url, int status, String json) {
        return answering(url, call -> answer(status, "application/json", json));
    }

    /** Calls as in a server, rather than those that are answered here. */
    public OfflineKeycloak calling(ProviderCalls real) {
        return calling(() -> real);
    }

    /** Each thread makes its own, one request after the other. */
    public OfflineKeycloak calling(Supplier<ProviderCalls> ofThread) {
        http = ofThread;
        return this;
    }

    public OfflineKeycloak at(InstantSource other) {
        clock = other;
        return this;
    }

    /** Refusals, as a node does for a moment. */
    OfflineKeycloak remembering() {
        remembering = true;
        return this;
    }

    /** What an operator would see: the recorder's method, and what it was told. */
    public List<String> recorded() {
        return recorded;
    }

    /** Who asks from now on. */
    public OfflineKeycloak by(String other) {
        client = other;
        return this;
    }

    /** With what it stands for in the vault. */
    public OfflineKeycloak keeping(String reference, String secret) {
        vault.put(reference, secret);
        return this;
    }

    /** Has a new key, and the old one still. */
    public OfflineKeycloak rotated() {
        sealingKeys.add(0, new byte[] {(byte) (sealingKeys.size() + 7)});
        return this;
    }

    public static Outcome answer(int status, String contentType, String body) {
        return new Outcome.Answer(status, Map.of("content-type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The calls that were sent to an address. */
    public List<Call> calls(String url) {
        return calls.stream()
                .filter(call -> call.uri().toString().startsWith(url))
                .toList();
    }

    @Override
    public String realm() {
        return "realm";
    }

    @Override
    public String client() {
        return client;
    }

    @Override
    public ProviderCalls calls() {
        return http.get();
    }

    @Override
    public Signatures signatures() {
        return (key, data, signature) -> {
            try {
                return provider(key.getAlgorithm()).verifier(key).verify(data, signature);
            } catch (VerificationException malformed) {
                return false;
            }
        };
    }

    private static SignatureProvider provider(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "ES" -> new ECDSASignatureProvider(null, algorithm);
            case "Ed" -> new EdDSASignatureProvider(null);
            default -> new AsymmetricSignatureProvider(null, algorithm);
        };
    }

    @Override
    public KeptKeys keptKeys(String name) {
        return new KeptKeys() {
            @Override
            public Optional<Look> look(String kid, String algorithm, Predicate<KeyWrapper> fits) {
                if (!known.isEmpty()) {
                    return Optional.of(new Look(
                            kid != null
                                    ? Optional.ofNullable(known.get(kid)).map(KeyWrapper::cloneKey)
                                    : known.values().stream()
                                            .map(KeyWrapper::cloneKey)
                                            .filter(fits)
                                            .findFirst()));
                }
                Kept keys = kept.get(name);
                boolean fresh = keys != null && System.nanoTime() - keys.at() < TimeUnit.SECONDS.toNanos(10);
                if (keys == null || kid == null && !fresh) {
                    return Optional.empty();
                }
                Optional<KeyWrapper> key = kid != null
                        ? Optional.ofNullable(keys.all().getKeyByKidAndAlg(kid, algorithm))
                        : keys.all().getKeys().stream()
                                .filter(one -> fits.test(one.cloneKey()))
                                .findFirst();
                return key.isPresent() || fresh
                        ? Optional.of(new Look(key.map(KeyWrapper::cloneKey)))
                        : Optional.empty();
            }

            @Override
            public void store(PublicKeysWrapper keys) {
                kept.put(name, new Kept(keys, System.nanoTime()));
            }
        };
    }

    @Override
    public SealingKeys sealingKeys() {
        return new SealingKeys() {
            @Override
            public byte[] active() {
                return sealingKeys.get(0);
            }

            @Override
            public List<byte[]> all() {
                return sealingKeys;
            }
        };
    }

    @Override
    public Once once() {
        return new Once() {
            @Override
            public Optional<Claim> claim(String key, long lapses, long kept) {
                return contains(key) || used.putIfAbsent(key, clock.instant().plusSeconds(lapses)) != null
                        ? Optional.empty()
                        : Optional.of(claimed(key, kept));
            }

            @Override
            public boolean contains(String key) {
                used.values().removeIf(end -> !end.isAfter(clock.instant()));
                return used.containsKey(key);
            }
        };
    }

    private Once.Claim claimed(String key, long kept) {
        return new Once.Claim() {
            @Override
            public boolean keep() {
                return used.replace(key, clock.instant().plusSeconds(kept)) != null;
            }

            @Override
            public void release() {
                used.remove(key);
            }
        };
    }

    @Override
    public Secrets secrets() {
        return configured -> !Secrets.isReference(configured)
                ? Optional.ofNullable(configured)
                : Optional.ofNullable(vault.get(configured));
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Recorder recorder() {
        return (Recorder) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Recorder.class}, (proxy, method, arguments) -> {
                    recorded.add(method.getName() + ' ' + Arrays.asList(arguments));
                    return null;
                });
    }

    private record Kept(PublicKeysWrapper all, long at) {}

    private final class Calls implements ProviderCalls {
        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public Deadline within(Duration duration) {
            return Deadline.in(duration, System::nanoTime);
        }

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
            return Optional.of(question).filter(asked -> remembering).map(refused::get);
        }

        @Override
        public void accepted() {
            recorded.add("accepted");
        }

        @Override
        public void refused(List<String> question, ExchangeException refusal) {
            refused.put(question, refusal);
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
