package dev.socialexchange.keycloak.command;

import dev.socialexchange.keycloak.command.Step.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reports for people, in plain text without colours. No line begins with what the server says: logs of CI take some lines for
 * commands.
 *
 * @param verbose whether details are shown where all is well, too, and the claims of tokens
 */
record Table(boolean verbose) {
    private static final int WIDTH = 88;
    private static final String INDENT = " ".repeat(12);

    String of(Checked checked) {
        List<String> lines = new ArrayList<>();
        lines.add("check of %s (%s): %s"
                .formatted(
                        Printable.of(checked.alias()), Printable.of(checked.type()), Printable.of(checked.verdict())));
        steps(checked.steps(), lines);
        return joined(lines);
    }

    String of(Tried tried, TokenKind kind, String clientId) {
        List<String> lines = new ArrayList<>();
        Tried.Verdict verdict = tried.verdict();
        lines.add("%s of %s (%s) by the client %s: %s"
                .formatted(
                        kind.code(),
                        Printable.of(tried.alias()),
                        Printable.of(tried.type()),
                        Printable.of(clientId),
                        Printable.of(verdict.outcome())));
        answer(verdict, lines);
        steps(tried.steps(), lines);
        return joined(lines);
    }

    private void answer(Tried.Verdict verdict, List<String> lines) {
        if (verdict.status() != null && !verdict.tokens()) {
            label("answer", verdict.status() + " " + or(verdict.error(), ""), lines);
        }
        label("reason", verdict.reason(), lines);
        label("detail", verdict.detail(), lines);
        label("says", verdict.description(), lines);
        if (verdict.claims() != null) {
            label("would give", String.join(", ", verdict.claims().keySet()) + newUser(verdict), lines);
        }
        if (verbose && verdict.claims() != null) {
            verdict.claims().forEach((token, claims) -> claims.properties()
                    .forEach(claim -> label("claim", token + " " + claim.getKey() + " = " + claim.getValue(), lines)));
        }
    }

    private static String newUser(Tried.Verdict verdict) {
        return Boolean.TRUE.equals(verdict.userCreated()) ? "; the person would be a new user" : "";
    }

    private void steps(List<Step> steps, List<String> lines) {
        int width = steps.stream()
                .mapToInt(step -> Printable.of(title(step)).length())
                .max()
                .orElse(0);
        steps.forEach(step -> step(step, width, lines));
    }

    private void step(Step step, int width, List<String> lines) {
        lines.add("  %-8s  %s  %5d ms  %s"
                .formatted(
                        Printable.of(or(step.verdict(), "?")),
                        padded(Printable.of(title(step)), width),
                        step.tookMillis(),
                        step.calls().stream().map(Table::call).collect(Collectors.joining(", ")))
                .stripTrailing());
        if (!verbose && step.quiet()) {
            return;
        }
        label("expected", step.expected(), lines);
        label("found", step.found(), lines);
        if (step.setting() != null) {
            label("setting", step.setting().label() + " (" + step.setting().key() + ")", lines);
        }
        label("to do", step.advice(), lines);
    }

    private static String title(Step step) {
        return or(step.title(), step.name());
    }

    private static String call(Call call) {
        return "%s %s %d ms".formatted(Printable.of(call.host()), Printable.of(call.outcome()), call.tookMillis());
    }

    private static void label(String label, String text, List<String> lines) {
        if (text == null || text.isBlank()) {
            return;
        }
        List<String> wrapped = Printable.wrapped(text, WIDTH);
        lines.add(INDENT + padded(label, 10) + "  " + wrapped.get(0));
        wrapped.stream().skip(1).map(line -> INDENT + " ".repeat(12) + line).forEach(lines::add);
    }

    /** The last words. */
    static String summary(Collection<Checked> checks, Collection<Tried> tries, Collection<Listed> notChecked) {
        List<String> lines = new ArrayList<>();
        if (!notChecked.isEmpty()) {
            lines.add("not checked: "
                    + notChecked.stream()
                            .map(one -> "%s (%s)".formatted(Printable.of(one.alias()), one.whyNot()))
                            .collect(Collectors.joining(", "))
                    + "; --provider ALIAS checks one all the same");
        }
        long findings = checks.stream()
                        .filter(one -> one.exit() != Exit.ALL_WELL)
                        .count()
                + tries.stream().filter(one -> one.exit() != Exit.ALL_WELL).count();
        long untold =
                checks.stream().filter(one -> "unknown".equals(one.verdict())).count();
        String outcome = (findings == 0 ? "all well" : findings + " with something to do")
                + (untold == 0 ? "" : ", " + untold + " could not be told in full");
        lines.add(
                checks.isEmpty() && tries.isEmpty()
                        ? "nothing was checked"
                        : counted(checks.size(), "check") + ", " + counted(tries.size(), "dry-run") + ": " + outcome);
        return joined(lines);
    }

    private static String counted(int number, String what) {
        return String.format(Locale.ROOT, "%d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String or(String text, String other) {
        return text == null ? other : text;
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
