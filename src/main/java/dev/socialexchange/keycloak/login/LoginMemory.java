package dev.socialexchange.keycloak.login;

import java.util.concurrent.atomic.AtomicBoolean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/** What a node keeps from one login to the next. Each part is bounded, and safe to lose. */
final class LoginMemory implements Provider {
    private final WaitingLines accounts = new WaitingLines(LinkGuard.MAX_WAITING);
    private final ProviderMappers mappers = new ProviderMappers();
    private final ProfileLookUps lookUps = new ProfileLookUps();
    private final AtomicBoolean namelessTold = new AtomicBoolean();

    static LoginMemory of(KeycloakSession session) {
        return session.getProvider(LoginMemory.class);
    }

    /** Who waits for an external account. */
    WaitingLines accounts() {
        return accounts;
    }

    ProviderMappers mappers() {
        return mappers;
    }

    ProfileLookUps lookUps() {
        return lookUps;
    }

    /** Once on a node, since it is the same each time. */
    boolean isToldForTheFirstTimeThatItHasNoName() {
        return namelessTold.compareAndSet(false, true);
    }

    @Override
    public void close() {
        // one for the whole node
    }
}
