package dev.socialexchange.keycloak.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests; bounded, since a benchmark makes millions of them. */
final class RequestLog {

    private static final int CAPACITY = 10_000;

    private final Deque<Request> requests = new ArrayDeque<>();

    synchronized void add(Request request) {
        if (requests.size() == CAPACITY) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    synchronized void clear() {
        requests.clear();
    }

    /** In the order of arrival; a null host or path means any. */
    synchronized List<Request> find(String host, String path) {
        return requests.stream()
                .filter(request -> host == null || host.equals(request.host()))
                .filter(request -> path == null || path.equals(request.path()))
                .toList();
    }
}
