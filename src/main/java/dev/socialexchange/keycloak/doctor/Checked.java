package dev.socialexchange.keycloak.doctor;

import java.util.List;

/**
 * What a check has found.
 *
 * @param alias, type of the provider
 * @param verdict the worst of all steps
 */
record Checked(String alias, String type, Step.Verdict verdict, List<Step> steps) {

    static Checked of(String alias, String type, List<Finding> findings, Phrases phrases) {
        return new Checked(
                alias,
                type,
                Finding.worst(findings),
                findings.stream().map(finding -> finding.in(phrases)).toList());
    }
}
