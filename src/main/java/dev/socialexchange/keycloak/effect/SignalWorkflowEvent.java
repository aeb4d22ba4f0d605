package dev.socialexchange.keycloak.effect;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.workflow.AbstractWorkflowEventProvider;
import org.keycloak.models.workflow.ResourceType;
import org.keycloak.models.workflow.WorkflowEventProvider;
import org.keycloak.models.workflow.WorkflowEventProviderFactory;
import org.keycloak.models.workflow.WorkflowExecutionContext;

/**
 * Starts Keycloak's workflows (26.7): {@code on: social-exchange-signal}, or {@code social-exchange-signal(account-disabled)} for one neutral event.
 * Nothing is started where nothing is to be done: by a provider in audit, about whoever administers anything, or by what is outdated,
 * if only a part of it.
 */
final class SignalWorkflowEvent extends AbstractWorkflowEventProvider {
    private static final Set<String> NOTHING_DONE =
            Set.of(Outcome.AUDITED.id(), Outcome.PROTECTED.id(), Outcome.OUTDATED.id());

    private SignalWorkflowEvent(KeycloakSession session, String neutralEvent, String id) {
        super(session, neutralEvent, id);
    }

    @Override
    public ResourceType getSupportedResourceType() {
        return ResourceType.USERS;
    }

    @Override
    public boolean supports(Event event) {
        return isMeant(event.getType(), event.getDetails());
    }

    /** @param details may be {@code null} */
    static boolean isMeant(EventType type, Map<String, String> details) {
        return type == EventType.REVOKE_GRANT
                && details != null
                && details.containsKey(SignalEvents.SIGNAL)
                && details.containsKey(Details.IDENTITY_PROVIDER)
                && words(details.get(SignalEvents.OUTCOME)).stream().noneMatch(NOTHING_DONE::contains);
    }

    @Override
    public boolean evaluate(WorkflowExecutionContext context) {
        return super.evaluate(context)
                && (configParameter == null
                        || context.getEvent().getEvent() instanceof Event event
                                && words(event.getDetails().get(SignalEvents.SIGNAL))
                                        .contains(configParameter));
    }

    private static Set<String> words(String joined) {
        return joined == null ? Set.of() : Set.copyOf(Arrays.asList(joined.split(" ")));
    }

    /** Of Keycloak's feature {@code workflows}. */
    public static final class Factory implements WorkflowEventProviderFactory<WorkflowEventProvider> {
        @Override
        public String getId() {
            return "social-exchange-signal";
        }

        @Override
        public WorkflowEventProvider create(KeycloakSession session, String neutralEvent) {
            return new SignalWorkflowEvent(session, neutralEvent, getId());
        }
    }
}
