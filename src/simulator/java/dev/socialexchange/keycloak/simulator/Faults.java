package dev.socialexchange.keycloak.simulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults in force; the latest that concerns a request wins. */
final class Faults {

    private record Rule(String host, String path, Fault fault) {
        boolean concerns(Request request) {
            return host.equals(request.host())
                    && (path == null || path.equals(request.path()))
                    && fault.concerns(request);
        }
    }

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    /** A null path means every path of the host. */
    void add(String host, String path, Fault fault) {
        rules.add(0, new Rule(host, path, fault));
    }

    void clear() {
        rules.clear();
    }

    Fault find(Request request) {
        for (Rule rule : rules) {
            if (rule.concerns(request)) {
                return rule.fault();
            }
        }
        return Fault.NONE;
    }
}
