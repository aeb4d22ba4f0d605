package dev.socialexchange.keycloak.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which endpoint answers for which host, method and path; filled before the servers start. */
final class Router {

    private record Route(Set<String> methods, Pattern path, Endpoint endpoint) {}

    private final Map<String, List<Route>> routes = new LinkedHashMap<>();

    Router get(String host, String path, Endpoint endpoint) {
        return add(Set.of("GET", "HEAD"), host, path, endpoint);
    }

    Router post(String host, String path, Endpoint endpoint) {
        return add(Set.of("POST"), host, path, endpoint);
    }

    Router delete(String host, String path, Endpoint endpoint) {
        return add(Set.of("DELETE"), host, path, endpoint);
    }

    Router getOrPost(String host, String path, Endpoint endpoint) {
        return add(Set.of("GET", "HEAD", "POST"), host, path, endpoint);
    }

    /** The path is a regular expression; its first group, if any, becomes the request's path variable. */
    private Router add(Set<String> methods, String host, String path, Endpoint endpoint) {
        routes.computeIfAbsent(host, key -> new ArrayList<>()).add(new Route(methods, Pattern.compile(path), endpoint));
        return this;
    }

    Set<String> hosts() {
        return routes.keySet();
    }

    Response answer(Request request) {
        boolean known = false;
        for (Route route : routes.getOrDefault(request.host(), List.of())) {
            Matcher matcher = route.path().matcher(request.path());
            if (matcher.matches()) {
                known = true;
                if (route.methods().contains(request.method())) {
                    String variable = matcher.groupCount() > 0 ? matcher.group(1) : null;
                    return route.endpoint().answer(request.withPathVariable(variable));
                }
            }
        }
        return Response.text(
                known ? 405 : 404,
                "text/plain; charset=utf-8",
                "Nothing here for " + request.method() + " https://" + request.host() + request.path() + "\n");
    }
}
