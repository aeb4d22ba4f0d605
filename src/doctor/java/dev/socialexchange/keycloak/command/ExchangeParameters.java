package dev.socialexchange.keycloak.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Further parameters of an exchange that is tried: {@code NAME=VALUE}, or {@code NAME=@FILE}. */
final class ExchangeParameters {
    static final String FROM_FILE = "@";

    /** Arguments are seen by every process of a machine, and kept by shells and logs of CI. */
    private static final Set<String> SECRET = Set.of("access_token", "code_verifier", "nonce", "user");

    private static final Set<String> OWN_OPTION = Set.of(
            "grant_type",
            "client_id",
            "client_secret",
            "client_assertion",
            "subject_issuer",
            "subject_token",
            "subject_token_type",
            "use_code");

    private ExchangeParameters() {}

    static void add(Map<String, String> parameters, String argument) {
        String[] parts = argument.split("=", 2);
        if (parts.length != 2 || !parts[0].matches("[a-z_]{1,40}")) {
            throw CommandFailure.usage("--param is NAME=VALUE, or NAME=@FILE");
        }
        if (OWN_OPTION.contains(parts[0])) {
            throw CommandFailure.usage("--param cannot be " + parts[0] + ": see --help for the option that it has");
        }
        if (SECRET.contains(parts[0]) && !parts[1].startsWith(FROM_FILE)) {
            throw CommandFailure.usage("--param " + parts[0] + " belongs into a file: --param " + parts[0]
                    + "=@FILE. Arguments are seen by others on this machine");
        }
        if (parameters.put(parts[0], parts[1]) != null) {
            throw CommandFailure.usage("--param " + parts[0] + " stands there twice");
        }
    }

    /** What is sent. */
    static Map<String, String> form(Arguments arguments, Attempt attempt, SecretInput input) {
        Map<String, String> form = new LinkedHashMap<>();
        arguments
                .parameters()
                .forEach((name, value) -> form.put(
                        name, value.startsWith(FROM_FILE) ? input.read(value.substring(FROM_FILE.length())) : value));
        form.put("client_id", arguments.clientId().orElseThrow());
        form.put("subject_token", input.read(attempt.source()));
        form.put("subject_token_type", attempt.kind().urn());
        if (arguments.usesCode()) {
            form.put("use_code", "true");
        }
        return form;
    }
}
