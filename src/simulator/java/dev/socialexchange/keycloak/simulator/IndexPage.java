package dev.socialexchange.keycloak.simulator;

import java.util.stream.Collectors;

/** What a visitor of the root sees, and what a terminal shows at the start. */
final class IndexPage {

    private final Simulator simulator;

    IndexPage(Simulator simulator) {
        this.simulator = simulator;
    }

    Response answer(Request request) {
        return Response.html(
                200,
                ConsentPage.page(
                        "Social provider simulator",
                        "<pre style=\"white-space:pre-wrap\">" + ConsentPage.escape(text()) + "</pre>"));
    }

    String text() {
        return """
               Simulated providers at %1$s/<host>/<path>
               %2$s
               People (login=<id> on an authorize URL approves at once)
               %3$s
               An id_token and an access token for your app:
                 curl -s %1$s/_control/tokens -d '{"provider":"google","kind":"id_token"}'
                 curl -s %1$s/_control/tokens -d '{"provider":"github","person":"chloe-m"}'
               Kinds: id_token, access_token, refresh_token, code. Optional: client_id, person, scopes, claims, header.
               A token of somebody else's app:
                 curl -s %1$s/_control/tokens -d '{"provider":"facebook","client_id":"%4$s"}'
               A provider that fails, and one that works again:
                 curl -s %1$s/_control/faults -d '{"host":"graph.facebook.com","kind":"status","status":500}'
                 curl -s -X DELETE %1$s/_control/faults
               """
                .formatted(simulator.url(), hosts(), people(), Provider.FOREIGN_CLIENT);
    }

    private String hosts() {
        return simulator.providers().entrySet().stream()
                        .map(entry -> "  %-9s client id %s, secret %s"
                                .formatted(
                                        entry.getKey(),
                                        entry.getValue().clientId(),
                                        entry.getValue().secret(entry.getValue().clientId())))
                        .collect(Collectors.joining("\n"))
                + "\n"
                + simulator.router().hosts().stream()
                        .filter(host -> host.contains("."))
                        .map(host -> "  " + simulator.url() + "/" + host)
                        .collect(Collectors.joining("\n"));
    }

    private String people() {
        return simulator.people().all().stream()
                .map(person -> "  %s  %-8s %s".formatted(person.id(), person.username(), person.email()))
                .collect(Collectors.joining("\n"));
    }
}
