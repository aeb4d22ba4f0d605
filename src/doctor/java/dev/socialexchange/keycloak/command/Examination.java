package dev.socialexchange.keycloak.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.command.Certificate.TriedKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asks for what the arguments want, and keeps what was answered. */
final class Examination {
    private final Arguments arguments;
    private final AdminApi api;
    private final SecretInput input;
    private final Consumer<String> people;
    private final List<Checked> checks = new ArrayList<>();
    private final List<TriedKind> tries = new ArrayList<>();
    private final ObjectNode answers = JsonNodeFactory.instance.objectNode();

    /** @param people get each report as soon as it is there */
    Examination(Arguments arguments, AdminApi api, SecretInput input, Consumer<String> people) {
        this.arguments = arguments;
        this.api = api;
        this.input = input;
        this.people = people;
        answers.putArray("checks");
        answers.putArray("dry_runs");
        answers.putArray("not_checked");
    }

    /** @throws CommandFailure if it cannot be done */
    Exit run() {
        // before anybody is asked anything: a file may be missing
        List<Map<String, String>> forms = arguments.attempts().stream()
                .map(attempt -> ExchangeParameters.form(arguments, attempt, input))
                .toList();
        List<Listed> left = arguments.checks() ? check() : List.of();
        for (int i = 0; i < forms.size(); i++) {
            attempt(arguments.attempts().get(i).kind(), forms.get(i));
        }
        people.accept(Table.summary(checks, tries.stream().map(TriedKind::tried).toList(), left));
        return exit();
    }

    /** @return those that nobody can come by, unless one is named */
    private List<Listed> check() {
        if (arguments.provider().isPresent()) {
            check(arguments.provider().get());
            return List.of();
        }
        List<Listed> listed = api.providers();
        listed.stream().filter(Listed::inUse).map(Listed::alias).forEach(this::check);
        List<Listed> left = listed.stream().filter(one -> !one.inUse()).toList();
        left.forEach(one -> answers.withArray("not_checked").add(one.alias()));
        return left;
    }

    private void check(String alias) {
        JsonNode answer = api.check(alias);
        answers.withArray("checks").add(answer);
        Checked checked = Json.as(Checked.class, answer);
        checks.add(checked);
        people.accept(new Table(arguments.verbose()).of(checked));
    }

    private void attempt(TokenKind kind, Map<String, String> form) {
        JsonNode answer = api.dryRun(arguments.provider().orElseThrow(), form);
        answers.withArray("dry_runs").add(answer);
        Tried tried = Json.as(Tried.class, answer);
        tries.add(new TriedKind(kind, tried));
        people.accept(new Table(arguments.verbose())
                .of(tried, kind, arguments.clientId().orElseThrow()));
    }

    private Exit exit() {
        // whoever wants a check, and gets none, is not to think that all is well
        Exit exit = arguments.checks() && checks.isEmpty() ? Exit.FINDINGS : Exit.ALL_WELL;
        for (Checked checked : checks) {
            exit = exit.worse(checked.exit());
        }
        for (TriedKind tried : tries) {
            exit = exit.worse(tried.tried().exit());
        }
        return exit;
    }

    /** All answers as the server gave them. */
    ObjectNode answers() {
        return answers;
    }

    /** The row for the list of providers, once it has run. */
    String row(LocalDate day) {
        return new Certificate(Json.as(About.class, api.about()), day).row(checks.get(0), tries);
    }
}
