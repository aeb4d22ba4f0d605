package dev.socialexchange.keycloak.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a provider sends to a receiver of signals. */
record SignalMessage(Map<String, String> headers, String body) {

    SignalMessage with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new SignalMessage(more, body);
    }
}
