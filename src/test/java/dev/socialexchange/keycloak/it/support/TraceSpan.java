package dev.socialexchange.keycloak.it.support;

import java.util.Map;

/**
 * A span as it was exported.
 *
 * @param scope whose it is: the tracer's name
 * @param trace what belongs together
 * @param parent empty for the root of a trace
 * @param ofEvents the attributes of all that is noted in it, such as exceptions
 * @param message of its status
 */
public record TraceSpan(
        String scope,
        String trace,
        String id,
        String parent,
        String name,
        Map<String, String> attributes,
        Map<String, String> ofEvents,
        boolean failed,
        String message) {}
