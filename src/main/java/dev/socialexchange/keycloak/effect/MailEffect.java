package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.provider.StoppedMail;
import dev.socialexchange.keycloak.signal.Signal;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * What a provider says about an address that it forwards. A push proves nobody's address, so none is ever written, and what was verified stays so: mail
 * does not arrive there, and that is all.
 *
 * @param relays domains of such addresses
 */
record MailEffect(Signal signal, Set<String> relays) {

    /** Empty if the user's address is no such one: it is another one's business then. */
    Optional<Outcome> on(UserModel user) {
        long time = signal.time().getEpochSecond();
        boolean stops = signal.events().contains(NeutralEvent.EMAIL_RELAY_STOPPED);
        return StoppedMail.of(user, relays)
                .map(mark -> stops ? mark.stoppedAt(time) : mark.resumedAt(time))
                .map(mark -> written(mark, user));
    }

    private static Outcome written(StoppedMail mark, UserModel user) {
        try {
            mark.write(user);
        } catch (ReadOnlyException notOurs) {
            return Outcome.USER_READ_ONLY;
        }
        return mark.isStopped() ? Outcome.ADDRESS_STOPPED : Outcome.ADDRESS_RESUMED;
    }
}
