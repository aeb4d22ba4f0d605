package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import dev.socialexchange.keycloak.provider.Descriptor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Verifies signatures with a provider's keys, from Keycloak's key storage: it fetches a key set again for an unknown key,
 * and not more often than every ten seconds however many unknown keys are named.
 */
final class ProviderKeys {
    private static final PublicKeyLoader CACHED_ONLY = () -> {
        throw new NotCached();
    };
    private static final int ATTEMPTS = 200;
    private static final long BETWEEN_ATTEMPTS_NANOS = 1_000_000;
    private static final int PAUSE_AFTER_FAILURE_SECONDS = 2;

    private final ProofContext context;
    private final Descriptor.IdToken rules;

    ProviderKeys(ProofContext context, Descriptor.IdToken rules) {
        this.context = context;
        this.rules = rules;
    }

    /** The caller has settled the issuer: nothing in the token chooses where keys come from. */
    void verify(SignedToken token) {
        String algorithm = token.algorithm();
        if (!rules.algorithms().contains(algorithm)) {
            throw SignedToken.invalid("algorithm_not_allowed");
        }
        KeyWrapper key = key(token)
                .filter(found -> keyTypes(algorithm).contains(found.getType()))
                .filter(found -> !rules.perTenant() || IssuerTemplate.admits(found.getProviderId(), token))
                .orElseThrow(() -> SignedToken.invalid("key_unknown"));
        if (key.getAlgorithm() == null) {
            key.setAlgorithm(algorithm); // a copy of the cached one
        }
        if (!algorithm.equals(key.getAlgorithm()) || !isSignedBy(key, token)) {
            throw SignedToken.invalid("signature_invalid");
        }
    }

    private boolean isSignedBy(KeyWrapper key, SignedToken token) {
        SignatureProvider signatures = context.session().getProvider(SignatureProvider.class, token.algorithm());
        try {
            return signatures != null
                    && hasLength(token)
                    && signatures
                            .verifier(key)
                            .verify(
                                    token.signingInput().getBytes(StandardCharsets.UTF_8),
                                    token.jws().getSignature());
        } catch (VerificationException malformed) {
            return false;
        }
    }

    /** RFC 7518 §3.4; Keycloak's verifier (26.7) ignores what follows. */
    private static boolean hasLength(SignedToken token) {
        byte[] signature = token.jws().getSignature();
        if (signature == null) {
            return false;
        }
        return switch (token.algorithm()) {
            case "ES256" -> signature.length == 64;
            case "ES384" -> signature.length == 96;
            case "ES512" -> signature.length == 132;
            default -> signature.length > 0;
        };
    }

    /** Keys are not mixed up between families, whatever a key set says of them. */
    private static Set<String> keyTypes(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> Set.of(KeyType.RSA);
            case "ES" -> Set.of(KeyType.EC);
            default -> Set.of(KeyType.OKP);
        };
    }

    private Optional<KeyWrapper> key(SignedToken token) {
        if (rules.jwksUrl() == null) {
            return context.provider().pinnedKey(context.session(), token.jws());
        }
        String url = context.endpoints().rewrite(rules.jwksUrl());
        String cacheKey = context.provider().isKeycloaksKeySet(url)
                ? PublicKeyStorageUtils.getIdpModelCacheKey(
                        context.session().getContext().getRealm().getId(),
                        context.provider().getConfig().getInternalId())
                : context.scoped("keys", url);
        // Even a look into the cache waits where another thread is loading: only as many as may wait for this provider
        // do.
        return context.calls()
                .waitingFor(cacheKey, () -> cachedOrLoaded(cacheKey, token, url))
                .orElseThrow(() -> ExchangeException.unavailable(
                        Cause.SHARE_EXHAUSTED.detail(), ExchangeException.RETRY_AFTER_SECONDS));
    }

    private Optional<KeyWrapper> cachedOrLoaded(String cacheKey, SignedToken token, String url) {
        try {
            return lookUp(cacheKey, token, CACHED_ONLY);
        } catch (NotCached absent) {
            return load(cacheKey, token, url);
        }
    }

    private Optional<KeyWrapper> load(String cacheKey, SignedToken token, String url) {
        SingleUseObjectProvider marks = context.session().singleUseObjects();
        String failed = cacheKey + ":failed";
        if (marks.contains(failed)) {
            throw ExchangeException.unavailable("keys_unavailable", PAUSE_AFTER_FAILURE_SECONDS);
        }
        try {
            return loadOnce(cacheKey, token, url);
        } catch (NotCached contended) { // which says nothing of the provider
            throw ExchangeException.unavailable("keys_contended", ExchangeException.RETRY_AFTER_SECONDS);
        } catch (ExchangeException unavailable) {
            // a provider that is down must not be asked once per token that somebody throws at us
            marks.putIfAbsent(failed, PAUSE_AFTER_FAILURE_SECONDS);
            throw unavailable;
        }
    }

    /** While others look into the cache, this may join them instead of loading: it waits until they have all looked. */
    private Optional<KeyWrapper> loadOnce(String cacheKey, SignedToken token, String url) {
        for (int attempt = 1; ; attempt++) {
            try {
                return lookUp(cacheKey, token, new KeySetLoader(context, url));
            } catch (NotCached joinedALookUp) {
                if (attempt == ATTEMPTS) {
                    throw joinedALookUp;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS_NANOS);
            }
        }
    }

    private Optional<KeyWrapper> lookUp(String cacheKey, SignedToken token, PublicKeyLoader loader) {
        PublicKeyStorageProvider storage = context.session().getProvider(PublicKeyStorageProvider.class);
        try {
            return Optional.ofNullable(
                    storage.getPublicKey(cacheKey, token.jws().getHeader().getKeyId(), token.algorithm(), loader));
        } catch (RuntimeException wrapped) {
            // Keycloak wraps what a loader throws, and hands it to every thread that waits for the same load
            for (Throwable cause = wrapped; cause != null; cause = cause.getCause()) {
                if (cause instanceof NotCached notCached) {
                    throw notCached;
                }
                if (cause instanceof ExchangeException unavailable) {
                    throw unavailable;
                }
            }
            throw wrapped;
        }
    }

    private static final class NotCached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotCached() {
            super(null, null, false, false);
        }
    }
}
