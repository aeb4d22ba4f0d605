package dev.socialexchange.keycloak.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.doctor.Step.Verdict;
import dev.socialexchange.keycloak.net.LoopbackCalls;
import dev.socialexchange.keycloak.simulator.Simulator;
import dev.socialexchange.keycloak.type.GeneratedPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The transcripts in {@code docs/doctor.md} are of checks that were run; {@code -Dupdate.docs} writes them anew. */
class DoctorPageTest {
    private static final Path PAGE = Path.of("docs/doctor.md");

    @Test
    void transcriptsAreOfChecksThatWereRun() throws IOException {
        String page = Files.readString(PAGE);
        String current = GeneratedPart.replace(page, "transcripts", transcripts());

        if (System.getProperty("update.docs") != null) {
            Files.writeString(PAGE, current);
        }
        assertThat(Files.readString(PAGE))
                .as("stale: mvn test -Dtest=DoctorPageTest -Dupdate.docs")
                .isEqualTo(current);
    }

    private static String transcripts() {
        try (CheckedRealm realm = new CheckedRealm();
                Simulator another = Simulator.start(0)) {
            String secret = transcript(
                    "Google, with the secret of another app",
                    realm.check(realm.with("google", Map.of("clientSecret", "of another app"))));
            String key = transcript(
                    "Apple, with a .p8 file of another key ID",
                    realm.check(realm.with("apple", Map.of("keyId", "ANOTHERKEY"))));
            String certificate = transcript(
                    "GitHub, through a gateway that opens the encryption, and whose authority the server does not know",
                    realm.check(
                            realm.rightly("github"),
                            new LoopbackCalls(realm.providers.proxyUrl(), another.caCertificatePem())));
            String client = transcript(
                    "Discord, for a front end whose client ID was mistyped",
                    realm.check(realm.with("discord", Map.of("exchangeClients", "spaa"))));
            realm.providers.described("slack").publish("issuer", "https://slack.example");
            String drift = transcript("Slack, after it has taken another name", realm.check(realm.rightly("slack")));
            return secret + key + certificate + client + drift;
        }
    }

    private static String transcript(String title, List<Finding> findings) {
        Phrases phrases = new Phrases(Locale.ENGLISH);
        return "\n**" + title + ".** Verdict `" + Finding.worst(findings).code() + "`; what is not `ok`:\n\n```\n"
                + findings.stream()
                        .filter(finding -> !finding.is(Verdict.OK) && !finding.is(Verdict.SKIPPED))
                        .map(finding -> lines(finding, finding.in(phrases)))
                        .collect(Collectors.joining("\n"))
                + "```\n";
    }

    private static String lines(Finding finding, Step step) {
        StringBuilder lines = new StringBuilder();
        lines.append(step.verdict().code())
                .append(": ")
                .append(step.title())
                .append(" (")
                .append(step.name())
                .append(")\n");
        line(lines, "expected", step.expected());
        line(lines, "found", step.found());
        if (step.setting() != null) {
            line(lines, "setting", step.setting().label() + " (" + finding.setting() + ')');
        }
        line(lines, "advice", step.advice());
        return lines.toString();
    }

    private static void line(StringBuilder lines, String what, String text) {
        if (text != null) {
            lines.append("  %-9s %s\n".formatted(what, text));
        }
    }
}
