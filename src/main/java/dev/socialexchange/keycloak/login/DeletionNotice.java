package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.page.LongDay;
import dev.socialexchange.keycloak.provider.StoppedMail;
import java.time.Instant;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Tells somebody by mail that their account is going to be deleted, since one at a provider has asked for it, and how to stop that: whoever has linked an
 * account of their own to somebody else's may have asked.
 */
public final class DeletionNotice {

    private DeletionNotice() {}

    /**
     * When this session's transaction has committed; nothing where no mail surely reaches the person.
     *
     * @param due when it is done by itself
     */
    public static void send(KeycloakSession session, UserModel user, String alias, Instant due) {
        String address = user.getEmail();
        if (session.getContext().getRealm().getSmtpConfig().isEmpty()
                || address == null
                || !user.isEmailVerified()
                || StoppedMail.is(user)) {
            return;
        }
        new LaterMail(
                        "a deletion that is due",
                        user.getId(),
                        address,
                        alias,
                        "socialExchange-interaction-deletion-mail-subject",
                        "social-exchange-deletion.ftl",
                        (mailing, reader) -> Map.of(
                                "deletionDay",
                                LongDay.of(due, mailing.getContext().resolveLocale(reader, true))))
                .send(session);
    }
}
