package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What tells the tokens that sign people in from all else that an issuer signs with the same keys: tokens of CI jobs, of
 * machines, of people without an account.
 *
 * @param subject the form of a person's id; empty for any
 * @param require claims that must be there; where several values of one claim are named, one of them
 * @param forbid claims, or values of claims, that must not be there
 */
public record ClaimRules(
        @Key("A pattern of the id") Optional<SubjectPattern> subject,
        @Key("Claims that have to be there: claim or claim=value; of several values of one claim, one")
                List<ClaimCondition> require,
        @Key("Claims, or values of claims, that must not be there") List<ClaimCondition> forbid) {
    public static final ClaimRules NONE = new ClaimRules(Optional.empty(), List.of(), List.of());

    /**
     * The first rule that is broken, as a constant for the event.
     *
     * @param id of the person, as an account is linked by it
     * @param claims of which any may have what is required, and none what is forbidden
     */
    public Optional<String> brokenBy(Optional<String> id, List<JsonNode> claims) {
        if (subject.isPresent() && id.filter(subject.get()::matches).isEmpty()) {
            return Optional.of("subject_of_another_kind");
        }
        if (forbid.stream().anyMatch(condition -> claims.stream().anyMatch(condition::mayHoldIn))) {
            return Optional.of("claim_forbidden");
        }
        boolean complete = require.stream().collect(Collectors.groupingBy(ClaimCondition::place)).values().stream()
                .allMatch(values -> holdIn(values, claims));
        return complete ? Optional.empty() : Optional.of("claim_missing");
    }

    private static boolean holdIn(List<ClaimCondition> values, List<JsonNode> claims) {
        return values.stream().anyMatch(condition -> claims.stream().anyMatch(condition::holdsIn));
    }
}
