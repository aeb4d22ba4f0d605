package dev.socialexchange.keycloak.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a grant has to reach beside another one in the same turns.
 *
 * @param atLeast share of the other's throughput
 */
record Target(Grant grant, Grant reference, int connections, double atLeast) {

    static Stream<Target> each(Grant grant, Grant reference, List<Integer> connections, double atLeast) {
        return connections.stream().map(count -> new Target(grant, reference, count, atLeast));
    }
}
