package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderFactory;

/** What a flow consists of, which an import, a deletion, or a jar that was taken out may have left without a part. */
final class FlowParts {

    private FlowParts() {}

    /** @throws ExchangeException if the flow that stands there is gone */
    static AuthenticationFlowModel flow(RealmModel realm, AuthenticationExecutionModel place) {
        String id = place.getFlowId();
        AuthenticationFlowModel flow = id == null ? null : realm.getAuthenticationFlowById(id);
        if (flow == null) {
            throw ExchangeException.setupFaulty(parent(realm, place) + ": a flow in it is missing");
        }
        return flow;
    }

    /** @throws ExchangeException if the step is of no extension that is installed */
    static ProviderFactory<Authenticator> step(KeycloakSession session, AuthenticationExecutionModel place) {
        String id = place.getAuthenticator();
        ProviderFactory<Authenticator> factory =
                id == null ? null : session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, id);
        if (factory == null) {
            throw ExchangeException.setupFaulty(
                    parent(session.getContext().getRealm(), place) + ": step " + id + " is not installed");
        }
        return factory;
    }

    private static String parent(RealmModel realm, AuthenticationExecutionModel place) {
        AuthenticationFlowModel parent = realm.getAuthenticationFlowById(place.getParentFlow());
        return "flow " + (parent == null ? place.getParentFlow() : parent.getAlias());
    }
}
