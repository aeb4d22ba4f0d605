package dev.socialexchange.keycloak.command;

import dev.socialexchange.keycloak.command.Arguments.LoginArguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the arguments. Each stands once, but {@code --try} with its {@code --kind}, and {@code --param}. */
final class CommandLine {
    private static final Set<String> VALUED = Set.of(
            "--server", "--realm", "--login-realm", "--client", "--user", "--provider", "--client-id", "--language");
    private static final Set<String> FLAGS =
            Set.of("--use-code", "--check", "--certify", "--json", "--verbose", "--plain-http");
    private static final Set<String> HELP = Set.of("--help", "-h", "-?");
    private static final String LANGUAGE = "[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*";

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();
    private final List<String> sources = new ArrayList<>();
    private final List<TokenKind> kinds = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private CommandLine() {}

    static boolean asksForHelp(String... arguments) {
        return Arrays.stream(arguments).anyMatch(HELP::contains);
    }

    /** @throws CommandFailure if they make no sense */
    static Arguments parse(String... arguments) {
        CommandLine read = new CommandLine();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            read.option(rest.next(), rest);
        }
        return read.arguments();
    }

    private void option(String name, Iterator<String> rest) {
        if (FLAGS.contains(name)) {
            flags.add(name);
        } else if (VALUED.contains(name)) {
            if (values.put(name, value(name, rest)) != null) {
                throw CommandFailure.usage(name + " stands there twice");
            }
        } else {
            repeated(name, rest);
        }
    }

    private void repeated(String name, Iterator<String> rest) {
        switch (name) {
            case "--try" -> {
                kindOfEach(sources.size());
                sources.add(value(name, rest));
            }
            case "--kind" -> {
                kinds.add(TokenKind.of(value(name, rest)));
                if (kinds.size() != sources.size()) {
                    throw CommandFailure.usage("--kind belongs behind the --try that it is about");
                }
            }
            case "--param" -> ExchangeParameters.add(parameters, value(name, rest));
            // the argument itself is not repeated: it may be a secret in the wrong place
            default -> throw CommandFailure.usage("An option is not known" + (isName(name) ? ": " + name : ""));
        }
    }

    private static boolean isName(String option) {
        return option.matches("--[a-z-]{1,20}");
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw CommandFailure.usage(name + " needs a value");
        }
        String value = rest.next();
        if (value.isBlank() || value.startsWith("--")) {
            throw CommandFailure.usage(name + " needs a value");
        }
        return value;
    }

    private void kindOfEach(int tries) {
        if (kinds.size() != tries) {
            throw CommandFailure.usage("Each --try needs its --kind behind it, such as --kind id_token");
        }
    }

    private Arguments arguments() {
        kindOfEach(sources.size());
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            attempts.add(new Attempt(sources.get(i), kinds.get(i)));
        }
        String realm = required("--realm");
        refuseWhatDoesNotGoTogether();
        return new Arguments(
                ServerAddress.of(required("--server"), flags.contains("--plain-http")),
                realm,
                new LoginArguments(find("--login-realm").orElse(realm), find("--client"), find("--user")),
                find("--provider"),
                attempts,
                find("--client-id"),
                Map.copyOf(parameters),
                flags.contains("--use-code"),
                attempts.isEmpty() || flags.contains("--check") || flags.contains("--certify"),
                flags.contains("--certify"),
                flags.contains("--json"),
                flags.contains("--verbose"),
                find("--language"));
    }

    private void refuseWhatDoesNotGoTogether() {
        boolean tries = !sources.isEmpty();
        refuse(find("--client").isPresent() && find("--user").isPresent(), "--client or --user, not both");
        refuse(tries && find("--provider").isEmpty(), "--try needs --provider: the alias of the token's provider");
        refuse(tries && find("--client-id").isEmpty(), "--try needs --client-id: the realm's client to play");
        refuse(!tries && find("--client-id").isPresent(), "--client-id is for --try; whoever looks is --client");
        refuse(!tries && !parameters.isEmpty(), "--param is for --try");
        refuse(!tries && flags.contains("--use-code"), "--use-code is for --try");
        refuse(!tries && flags.contains("--certify"), "--certify needs --try: a check alone proves nobody's token");
        refuse(
                sources.stream().filter(SecretInput.STANDARD_INPUT::equals).count() > 1,
                "One token alone can come from standard input");
        refuse(!find("--language").orElse("en").matches(LANGUAGE), "--language is a code such as de");
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw CommandFailure.usage(why);
        }
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private String required(String name) {
        return find(name).orElseThrow(() -> CommandFailure.usage(name + " is missing"));
    }
}
