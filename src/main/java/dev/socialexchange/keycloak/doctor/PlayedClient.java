package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.Journal;
import dev.socialexchange.keycloak.Rehearsal;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A client of the realm whose part an administrator takes.
 *
 * @param session of the administrator's request
 */
record PlayedClient(KeycloakSession session, ClientModel client) {

    /** @param part gets a session of its own, whose client is this one, and of which nothing is committed */
    <T> T rehearse(Journal journal, Function<KeycloakSession, T> part) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> {
                    Rehearsal.begin(own, journal);
                    own.getContext()
                            .setClient(
                                    own.clients().getClientById(own.getContext().getRealm(), client.getId()));
                    return part.apply(own);
                },
                "social exchange rehearsal");
    }
}
