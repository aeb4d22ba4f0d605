package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.NodesOnce;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.page.ProviderName;
import dev.socialexchange.keycloak.provider.SuspendedLink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.KeycloakSession;

/** The mail by which somebody whose link is suspended proves their account, once in a while for each link. */
public final class ResumeMail {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    /** Whoever has the suspended account may be an attacker, who would fill the mailbox. */
    private static final int PAUSE_SECONDS = 120;

    private ResumeMail() {}

    /** @return false if the mail server does not take it */
    public static boolean send(KeycloakSession session, SuspendedLink link) {
        String key = "social-exchange:resume:"
                + Digests.sha256Hex(session.getContext().getRealm().getId()
                        + '\n'
                        + link.user().getId()
                        + '\n'
                        + link.account().alias());
        return once(NodesOnce.of(session), key, () -> sent(session, link));
    }

    /** What is not sent may be tried again at once. */
    static boolean once(Once nodes, String key, BooleanSupplier mail) {
        Optional<Once.Claim> claim = nodes.claim(key, PAUSE_SECONDS, PAUSE_SECONDS);
        if (claim.isEmpty()) {
            return true; // there is one on the way
        }
        boolean sent = false;
        try {
            sent = mail.getAsBoolean();
        } finally {
            if (!sent) {
                claim.get().release(); // or the next try would be told of a mail that never left
            }
        }
        return sent;
    }

    private static boolean sent(KeycloakSession session, SuspendedLink link) {
        String provider = ProviderName.of(session, link.account().alias());
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("providerName", provider);
        attributes.put("resumeLink", link.mailed().address(session));
        attributes.put("resumeMinutes", SuspendedLink.Step.RESUME.lifespan().toMinutes());
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(session.getContext().getRealm())
                    .setUser(link.user())
                    .send(
                            "socialExchange-interaction-resumeSubject",
                            List.of(provider),
                            "social-exchange-resume.ftl",
                            attributes);
            return true;
        } catch (EmailException undelivered) {
            // the exception's text may hold the address
            LOG.warnf(
                    "no mail about a suspended link: provider=%s reason=mail_server",
                    link.account().alias());
            return false;
        }
    }
}
