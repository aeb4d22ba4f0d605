package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.descriptor.SignalMeaning;
import java.util.List;
import java.util.Set;

/**
 * What a signal calls itself, and what that means.
 *
 * @param address of the provider's that it has come to, whose name it has where nothing in it names it
 */
record SignalName(String address, SignalMeaning meaning, ObjectNode content) {
    private static final int MAX_TYPE = 120;

    String type() {
        String found = meaning instanceof SignalMeaning.Typed typed
                ? typed.type().name(content).orElseThrow(() -> SignalRefusal.malformed("type_missing"))
                : address;
        return found.length() <= MAX_TYPE ? found : found.substring(0, MAX_TYPE);
    }

    Set<NeutralEvent> events(String type) {
        if (meaning instanceof SignalMeaning.Typed typed) {
            List<NeutralEvent> ofType = typed.events().getOrDefault(type, List.of());
            return Set.copyOf(typed.reason()
                    .name(content)
                    .map(reason -> typed.events().getOrDefault(type + ' ' + reason, ofType))
                    .orElse(ofType));
        }
        return Set.of(((SignalMeaning.Constant) meaning).event());
    }

    /** A record would print whom it is about. */
    @Override
    public String toString() {
        return address;
    }
}
