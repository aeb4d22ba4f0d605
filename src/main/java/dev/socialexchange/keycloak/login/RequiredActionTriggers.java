package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Mirrors;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.authentication.RequiredActionContextResult;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.utils.DefaultRequiredActions;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Lets each required action of the realm say whether this user has to do it, as {@code
 * AuthenticationManager.evaluateRequiredActionTriggers} (26.7) does, but for two of Keycloak's that never say so: whenever one of
 * them is made, it reads all certificates of the server's truststore.
 */
@Mirrors(
        type = "org.keycloak.services.managers.AuthenticationManager",
        methods = {"evaluateRequiredActionTriggers", "evaluateRequiredAction", "toRequiredActionFactory"})
@Mirrors(type = "org.keycloak.authentication.requiredactions.WebAuthnRegister", methods = "evaluateTriggers")
@Mirrors(type = "org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory", methods = "createProvider")
@Mirrors(
        type = "org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory",
        methods = "createProvider")
final class RequiredActionTriggers {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    /** By class, and not by id: under Keycloak's id somebody else's may say what it likes. */
    private static final Set<Class<?>> SILENT =
            Set.of(WebAuthnRegisterFactory.class, WebAuthnPasswordlessRegisterFactory.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    RequiredActionTriggers(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** @param authSession knows the user; what has to be done is noted there, or with the user */
    void evaluate(AuthenticationSessionModel authSession, EventBuilder event) {
        realm.getRequiredActionProvidersStream()
                .filter(RequiredActionProviderModel::isEnabled)
                .map(this::factory)
                .filter(Objects::nonNull)
                .filter(factory -> !SILENT.contains(factory.getClass()))
                .forEachOrdered(factory -> evaluate(factory, authSession, event));
    }

    /** {@code null} if its jar has been taken out, or its feature is switched off; browser logins go on without it as well. */
    private RequiredActionFactory factory(RequiredActionProviderModel model) {
        RequiredActionFactory factory = (RequiredActionFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(RequiredActionProvider.class, model.getProviderId());
        if (factory == null && DefaultRequiredActions.isActionAvailable(model)) {
            throw new IllegalStateException("no required action " + model.getProviderId());
        }
        if (factory == null) {
            LOG.warnf("required action %s of realm %s is not installed", model.getProviderId(), realm.getName());
        }
        return factory;
    }

    private void evaluate(RequiredActionFactory factory, AuthenticationSessionModel authSession, EventBuilder event) {
        factory.create(session).evaluateTriggers(new Evaluation(session, authSession, event, factory));
    }

    /** Who is asked whether something is to be done does not get to do it. */
    private static final class Evaluation extends RequiredActionContextResult {

        Evaluation(
                KeycloakSession session,
                AuthenticationSessionModel authSession,
                EventBuilder event,
                RequiredActionFactory factory) {
            super(
                    authSession,
                    session.getContext().getRealm(),
                    event,
                    session,
                    session.getContext().getHttpRequest(),
                    authSession.getAuthenticatedUser(),
                    factory);
        }

        @Override
        public void challenge(Response response) {
            throw notNow();
        }

        @Override
        public void failure(String message) {
            throw notNow();
        }

        @Override
        public void success() {
            throw notNow();
        }

        @Override
        public void cancel() {
            throw notNow();
        }

        @Override
        public void ignore() {
            throw notNow();
        }

        private static IllegalStateException notNow() {
            return new IllegalStateException("evaluateTriggers() only says whether there is something to do");
        }
    }
}
