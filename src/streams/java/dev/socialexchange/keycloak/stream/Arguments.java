package dev.socialexchange.keycloak.stream;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command is to do.
 *
 * @param google the service account's file; else there is a transmitter
 * @param api of Google, or who plays it
 * @param transmitter the issuer of its tokens
 * @param receiver where signals are sent; empty if they are fetched, or if nothing is changed about it
 * @param events URIs; empty for the usual ones
 * @param audience any of these is right for the realm; empty if that is not looked at
 */
record Arguments(
        Task task,
        Optional<Path> google,
        URI api,
        Optional<URI> transmitter,
        Optional<URI> receiver,
        boolean poll,
        List<String> events,
        List<String> audience,
        Optional<String> client,
        Optional<URI> tokenEndpoint,
        Optional<String> scope,
        Optional<String> stream,
        Optional<String> state,
        boolean dry) {
    private static final URI GOOGLE = URI.create("https://risc.googleapis.com");
    private static final Set<String> VALUED = Set.of(
            "--google",
            "--google-api",
            "--transmitter",
            "--receiver",
            "--events",
            "--audience",
            "--client",
            "--token-endpoint",
            "--scope",
            "--stream",
            "--state");
    private static final Set<String> FLAGS = Set.of("--poll", "--dry-run");

    enum Task {
        CREATE,
        READ,
        UPDATE,
        VERIFY,
        START,
        STOP,
        DELETE;

        static Task of(String word) {
            return Arrays.stream(values())
                    .filter(task -> task.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> StreamFailure.usage(
                            "The first word is what to do: create, read, update, verify, start, stop or delete"));
        }
    }

    /** @throws StreamFailure if they make no sense */
    static Arguments parse(String... words) {
        Iterator<String> rest = Arrays.asList(words).iterator();
        Task task = Task.of(rest.hasNext() ? rest.next() : "");
        Map<String, String> given = new HashMap<>();
        while (rest.hasNext()) {
            String name = rest.next();
            boolean flag = FLAGS.contains(name);
            if (!flag && !VALUED.contains(name)) {
                // the word itself is not repeated: it may be a secret in the wrong place
                throw StreamFailure.usage(
                        "An option is not known" + (name.matches("--[a-z-]{1,20}") ? ": " + name : ""));
            }
            String value = flag ? "" : rest.hasNext() ? rest.next() : "";
            if (!flag && (value.isBlank() || value.startsWith("--"))) {
                throw StreamFailure.usage(name + " needs a value");
            }
            if (given.put(name, value) != null) {
                throw StreamFailure.usage(name + " stands there twice");
            }
        }
        return new Given(given).arguments(task);
    }

    private record Given(Map<String, String> values) {

        Arguments arguments(Task task) {
            Arguments read = new Arguments(
                    task,
                    find("--google").map(Path::of),
                    find("--google-api")
                            .map(api -> HttpsAddress.of("--google-api", api))
                            .orElse(GOOGLE),
                    find("--transmitter").map(issuer -> HttpsAddress.of("--transmitter", issuer)),
                    find("--receiver").map(receiver -> HttpsAddress.of("--receiver", receiver)),
                    values.containsKey("--poll"),
                    list("--events").stream().map(Events::uri).toList(),
                    list("--audience"),
                    find("--client"),
                    find("--token-endpoint").map(endpoint -> HttpsAddress.of("--token-endpoint", endpoint)),
                    find("--scope"),
                    find("--stream"),
                    find("--state"),
                    values.containsKey("--dry-run"));
            read.refuseWhatDoesNotGoTogether();
            return read;
        }

        private Optional<String> find(String name) {
            return Optional.ofNullable(values.get(name));
        }

        private List<String> list(String name) {
            return find(name).map(all -> List.of(all.split(","))).orElse(List.of());
        }
    }

    private void refuseWhatDoesNotGoTogether() {
        boolean ofGoogle = google.isPresent();
        refuse(ofGoogle == transmitter.isPresent(), "--google or --transmitter, one of both");
        refuse(ofGoogle && (poll || stream.isPresent()), "Google sends, and has one stream: no --poll, no --stream");
        refuse(ofGoogle && task == Task.DELETE, "Google's stream cannot be deleted; stop ends it");
        refuse(!ofGoogle && tokenEndpoint.isPresent() && client.isEmpty(), "--token-endpoint needs --client");
        refuse(poll && receiver.isPresent(), "--receiver is where signals are sent, with --poll they are fetched");
        refuse(
                task == Task.CREATE && !poll && receiver.isEmpty(),
                "create needs --receiver, the address that the realm" + " has for this provider's signals, or --poll");
        refuse(task != Task.VERIFY && state.isPresent(), "--state is for verify");
        refuse(
                state.filter(text -> !text.matches("[\\x21-\\x7e]{1,200}")).isPresent(),
                "--state has no spaces, and at most 200 characters");
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw StreamFailure.usage(why);
        }
    }
}
