package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import dev.socialexchange.keycloak.net.ProviderCalls.Load;
import dev.socialexchange.keycloak.net.ProviderCalls.Loaded;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.keys.PublicKeyStorageUtils;

/**
 * Finds keys in a provider's key set. One that is not in it may have come into use a moment ago, and only a key set that was
 * asked for after the token had come can tell. Keycloak's key storage lets it be asked for every ten seconds; in between an
 * unknown key of a new token has it asked for twice more, however many name one. After that nothing can be said of new tokens
 * for a moment.
 */
final class KeySets {
    private static final Duration KEYCLOAKS_PAUSE = Duration.ofSeconds(10);
    private static final int LOOKS_IN_BETWEEN = 2;
    /** How much later than the first token a key may be published, by our clock. */
    private static final Duration NEW = Duration.ofMinutes(1);

    /** Those who name unknown keys at the same moment share a look. */
    private static final Duration GATHERING = Duration.ofMillis(100);
    /** Who has looked into the storage just before somebody else filled it need not load. */
    private static final Duration JUST_STORED = Duration.ofSeconds(1);

    private static final int PAUSE_AFTER_FAILURE_SECONDS = 2;

    private final ProofContext context;
    private final String url;
    private final String name;
    private final KeptKeys kept;

    KeySets(ProofContext context, String url) {
        this.context = context;
        this.url = url;
        name = context.scoped("keys", url);
        kept = context.surroundings()
                .keptKeys(
                        context.provider().isKeycloaksKeySet(url)
                                ? PublicKeyStorageUtils.getIdpModelCacheKey(
                                        context.surroundings().realm(),
                                        context.provider().getConfig().getInternalId())
                                : name);
    }

    /**
     * @param kid {@code null} for any key that fits
     * @param fits asked of a copy that it may change
     * @param issued what the token says of itself, in seconds since the epoch; {@code null} if it says nothing
     * @return empty if the provider has no such key
     * @throws ExchangeException if that cannot be said now
     */
    Optional<KeyWrapper> find(String kid, String algorithm, Predicate<KeyWrapper> fits, Long issued) {
        long arrived = context.calls().now();
        Optional<KeptKeys.Look> look = kept.look(kid, algorithm, fits);
        if (look.isPresent()) {
            Optional<KeyWrapper> key = look.get().key();
            return key.isPresent() || !isNew(issued) ? key : lookAgain(kid, algorithm, fits, arrived);
        }
        Loaded<PublicKeysWrapper> keys = load(name, JUST_STORED, Duration.ZERO, this::loadIntoStorage);
        Optional<KeyWrapper> key = key(keys, kid, algorithm, fits);
        return key.isPresent() || tells(keys, arrived) || !isNew(issued)
                ? key
                : lookAgain(kid, algorithm, fits, arrived);
    }

    /** The key of a token that is older than this would be in a key set that was asked for in the last ten seconds. */
    private boolean isNew(Long issued) {
        long now = context.now();
        return issued != null
                && issued >= now - NEW.plus(KEYCLOAKS_PAUSE).toSeconds()
                && issued <= now + context.provider().clockSkew();
    }

    private Optional<KeyWrapper> lookAgain(String kid, String algorithm, Predicate<KeyWrapper> fits, long arrived) {
        for (int look = 1; look <= LOOKS_IN_BETWEEN; look++) {
            Loaded<PublicKeysWrapper> keys = load(name + ':' + look, KEYCLOAKS_PAUSE, GATHERING, this::ask);
            Optional<KeyWrapper> key = key(keys, kid, algorithm, fits);
            if (key.isPresent() || tells(keys, arrived)) {
                return key;
            }
        }
        throw ExchangeException.unavailable("keys_just_loaded", (int) KEYCLOAKS_PAUSE.toSeconds());
    }

    private Loaded<PublicKeysWrapper> load(
            String what, Duration freshFor, Duration pause, Supplier<PublicKeysWrapper> load) {
        return context.calls()
                .load(new Load<>(what, PublicKeysWrapper.class, freshFor, pause, load), context.deadline());
    }

    private static boolean tells(Loaded<PublicKeysWrapper> keys, long arrived) {
        return keys.begun() - arrived >= 0;
    }

    /** A copy: others use what is kept. */
    private static Optional<KeyWrapper> key(
            Loaded<PublicKeysWrapper> keys, String kid, String algorithm, Predicate<KeyWrapper> fits) {
        if (kid != null) {
            return Optional.ofNullable(keys.value().getKeyByKidAndAlg(kid, algorithm))
                    .map(KeyWrapper::cloneKey);
        }
        return keys.value().getKeys().stream()
                .map(KeyWrapper::cloneKey)
                .filter(fits)
                .findFirst();
    }

    private PublicKeysWrapper loadIntoStorage() {
        PublicKeysWrapper keys = ask();
        kept.store(keys);
        return keys;
    }

    /** A provider that is down must not be asked once per token that somebody throws at us. */
    private PublicKeysWrapper ask() {
        Once marks = context.surroundings().once();
        String failed = name + ":failed";
        if (marks.contains(failed)) {
            throw ExchangeException.unavailable("keys_unavailable", PAUSE_AFTER_FAILURE_SECONDS);
        }
        try {
            PublicKeysWrapper keys = new KeySetLoader(context, url).loadKeys();
            loaded("loaded");
            return keys;
        } catch (ExchangeException unavailable) {
            loaded(unavailable.detail());
            if (!Cause.BUSY_HERE.detail().equals(unavailable.detail())) { // which says nothing of the provider
                marks.claim(failed, PAUSE_AFTER_FAILURE_SECONDS, PAUSE_AFTER_FAILURE_SECONDS);
            }
            throw unavailable;
        }
    }

    private void loaded(String outcome) {
        context.surroundings().recorder().keySetLoaded(context.provider().type(), outcome);
    }
}
