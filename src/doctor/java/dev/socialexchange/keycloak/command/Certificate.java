package dev.socialexchange.keycloak.command;

import dev.socialexchange.keycloak.command.Step.Call;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of {@code docs/providers/live.md}: that a provider's own service has proven tokens here, on this day. Names neither a
 * person nor the realm, the alias or the server.
 */
final class Certificate {
    /** Types whose addresses an administrator enters: who is behind them is nobody's but theirs. */
    private static final Set<String> ANYBODYS = Set.of("oidc", "keycloak-oidc", "oauth2", "social-custom", "saml");

    private final About about;
    private final LocalDate day;

    Certificate(About about, LocalDate day) {
        this.about = about;
        this.day = day;
    }

    /** @throws CommandFailure if there is nothing to vouch for, with what is missing */
    String row(Checked check, List<TriedKind> tries) {
        String type = word(check.type());
        if (ANYBODYS.contains(type)) {
            throw CommandFailure.finding("No row: the type " + type + " is for providers of anybody's choice,"
                    + " and has no line in the list of providers");
        }
        List<TriedKind> unproven =
                tries.stream().filter(one -> !one.tried().proven()).toList();
        if (!unproven.isEmpty()) {
            throw CommandFailure.finding("No row: " + kinds(unproven) + " did not get as far as the person's account."
                    + " If the token is right, please open an issue with the steps above");
        }
        refuseSimulators(check, tries);
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        type, kinds(tries), day, word(about.version()), word(about.keycloak()), outcome(check, tries));
    }

    private static void refuseSimulators(Checked check, List<TriedKind> tries) {
        List<Call> calls = Stream.concat(
                        check.steps().stream(), tries.stream().flatMap(one -> one.tried().steps().stream()))
                .flatMap(step -> step.calls().stream())
                .toList();
        if (calls.stream().noneMatch(Call::answered)) {
            throw CommandFailure.finding("No row: no host of the provider has answered anything, so nothing tells"
                    + " that it is the real one");
        }
        Set<String> ofTests = new TreeSet<>(
                calls.stream().map(Call::host).filter(PrivateHosts::isOne).toList());
        if (!ofTests.isEmpty()) {
            throw CommandFailure.finding("No row: " + Printable.of(String.join(", ", ofTests))
                    + " is no provider's own service. Take the rewritten URLs out of the provider's settings"
                    + " (exchangeEndpoints), and let the server reach the provider itself");
        }
    }

    private static String kinds(List<TriedKind> tries) {
        return tries.stream().map(one -> one.kind().code()).distinct().collect(Collectors.joining(", "));
    }

    private static String outcome(Checked check, List<TriedKind> tries) {
        return Stream.concat(
                        tries.stream()
                                .map(one -> reached(one.tried().verdict()))
                                .distinct(),
                        Stream.of("check " + word(check.verdict())))
                .collect(Collectors.joining("; "));
    }

    private static String reached(Tried.Verdict verdict) {
        if (verdict.tokens()) {
            return "tokens";
        }
        String why = verdict.reason() == null ? verdict.outcome() : verdict.reason();
        return "proven, then `" + word(why) + '`';
    }

    /** What a cell holds is a word of ours; anything else is not for a file that others read. */
    private static String word(String text) {
        if (text == null || !text.matches("[A-Za-z0-9._-]{1,60}")) {
            throw CommandFailure.noAnswer("No row: the server says something that this command does not know."
                    + " Take the command from the same build as the extension");
        }
        return text;
    }

    /** What was tried, and what came of it. */
    record TriedKind(TokenKind kind, Tried tried) {}
}
