package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.doctor.Step.CallMade;
import dev.socialexchange.keycloak.doctor.Step.Setting;
import dev.socialexchange.keycloak.doctor.Step.Verdict;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a check has found, in no language yet.
 *
 * @param matter which of the advices for this step fits; {@code null} where there is nothing to do
 * @param setting its key, or {@code null}
 * @param calls that it took
 */
record Finding(
        String name,
        Verdict verdict,
        String matter,
        String expected,
        String found,
        String setting,
        List<CallMade> calls) {

    static Finding ok(String name) {
        return new Finding(name, Verdict.OK, null, null, null, null, List.of());
    }

    static Finding of(String name, Verdict verdict, String matter) {
        return new Finding(name, verdict, matter, null, null, null, List.of());
    }

    static Finding refused(String name, String matter) {
        return of(name, Verdict.REFUSED, matter);
    }

    static Finding warning(String name, String matter) {
        return of(name, Verdict.WARNING, matter);
    }

    static Finding unknown(String name, String matter) {
        return of(name, Verdict.UNKNOWN, matter);
    }

    /** For whoever reads it to look at: nothing is wrong with it as far as anybody can tell. */
    static Finding note(String name, String matter) {
        return of(name, Verdict.SKIPPED, matter);
    }

    Finding expected(String text) {
        return new Finding(name, verdict, matter, text, found, setting, calls);
    }

    Finding found(String text) {
        return new Finding(name, verdict, matter, expected, text, setting, calls);
    }

    Finding setting(String key) {
        return new Finding(name, verdict, matter, expected, found, key, calls);
    }

    Finding calls(List<CallMade> made) {
        return new Finding(name, verdict, matter, expected, found, setting, made);
    }

    boolean is(Verdict other) {
        return verdict == other;
    }

    /** Whether it says that a provider publishes something else than what is known of it. */
    boolean isDrift() {
        return verdict == Verdict.WARNING && name.equals(PublicationCheck.DISCOVERY)
                || verdict == Verdict.REFUSED && name.equals(PublicationCheck.KEYS);
    }

    Step in(Phrases phrases) {
        return new Step(
                name,
                phrases.title(name),
                verdict,
                expected,
                found,
                setting == null ? null : Setting.of(phrases, setting),
                matter == null
                        ? null
                        : phrases.find("advice." + name + '.' + matter).orElseThrow(),
                calls.stream().mapToLong(CallMade::tookMillis).sum(),
                calls);
    }

    /** The worst of all; what was skipped is no worse than what is right. */
    static Verdict worst(List<Finding> findings) {
        return findings.stream()
                .map(Finding::verdict)
                .filter(verdict -> verdict != Verdict.SKIPPED)
                .max(Verdict::compareTo)
                .orElse(Verdict.OK);
    }

    static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
