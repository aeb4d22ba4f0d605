package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.Printable;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Whether the clients are there that a provider is to be open for. A mistyped client id keeps out the front end that was
 * meant, and lets in whoever makes a client of that name later.
 */
final class ListedClients {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");
    /** Where the admin API (26.7) creates and changes one provider; imports of whole realms come by other paths, or by none. */
    private static final Pattern ONE_PROVIDER = Pattern.compile("/identity-provider/instances(/[^/]+)?/?$");

    private static final int MAX_SHOWN = 10;

    private ListedClients() {}

    /**
     * An import makes a realm's providers before its clients (26.7), so that only its end can tell: it is logged what is missing
     * then. A client id that the saved provider lists already stays, and is logged as well: a client that was deleted must not
     * keep an admin from closing the provider.
     *
     * @throws IllegalArgumentException if a client id is added that the realm does not have
     */
    static void verify(IdentityProviderModel model, RealmModel realm, KeycloakSession session) {
        Set<String> added = missing(model, realm);
        if (isOneProvider(session)) {
            saved(session, model).ifPresent(saved -> added.removeAll(clients(saved)));
            if (!added.isEmpty()) {
                throw new IllegalArgumentException(SettingName.of(ExchangeSettings.CLIENTS)
                        + ": this realm has no client " + shown(added)
                        + ". Enter the Client ID of a client, and create the client first");
            }
        }
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                warn(missing(model, realm), model, realm);
            }

            @Override
            protected void rollbackImpl() {
                // nothing was saved
            }
        });
    }

    static Set<String> missing(IdentityProviderModel model, RealmModel realm) {
        Set<String> missing = new LinkedHashSet<>(clients(model));
        missing.removeIf(clientId -> realm.getClientByClientId(clientId) != null);
        return missing;
    }

    private static void warn(Set<String> missing, IdentityProviderModel model, RealmModel realm) {
        if (!missing.isEmpty()) {
            LOG.warnf(
                    "The identity provider %s of the realm %s lists clients that the realm does not have: %s",
                    Printable.of(model.getAlias()), Printable.of(realm.getName()), shown(missing));
        }
    }

    private static Set<String> clients(IdentityProviderModel model) {
        return new ExchangeSettings(model.getConfig()).clients();
    }

    private static Optional<IdentityProviderModel> saved(KeycloakSession session, IdentityProviderModel model) {
        return Optional.ofNullable(session.identityProviders().getByAlias(model.getAlias()));
    }

    private static boolean isOneProvider(KeycloakSession session) {
        try {
            UriInfo uri = session.getContext().getHttpRequest().getUri();
            return uri != null && ONE_PROVIDER.matcher(uri.getPath()).find();
        } catch (ContextNotActiveException noRequest) {
            return false; // an import at the start, or by command: 26.6 has a request without an address then, or none
        }
    }

    private static String shown(Set<String> clientIds) {
        return clientIds.stream().limit(MAX_SHOWN).map(Printable::of).collect(Collectors.joining(", "));
    }
}
