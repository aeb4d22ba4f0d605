package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.provider.Evidence;
import java.util.Optional;

/**
 * The JSON about a person that a provider (Apple) hands to the front end, or to the callback, at the first login only. It is
 * not signed: whoever posts it may have written it. Names are taken from it, and nothing that could find or prove somebody.
 */
final class UnsignedNames {
    private static final int MAX_CHARACTERS = 2048;

    private UnsignedNames() {}

    /** Refuses what cannot be read, and what this provider does not hand out. */
    static void requireAccepted(Descriptor descriptor, Submission submission) {
        if (submission.user() == null) {
            return;
        }
        if (names(descriptor).isEmpty()) {
            throw invalid("user is not a parameter of this provider");
        }
        if (parse(submission.user()).isEmpty()) {
            throw invalid("user is not a JSON object of at most " + MAX_CHARACTERS + " characters");
        }
    }

    /** @param user {@code null} for none; what cannot be read is none, either */
    static Evidence addTo(Descriptor descriptor, String user, Evidence proven) {
        Optional<JsonNode> document = user == null ? Optional.empty() : parse(user);
        if (document.isEmpty() || names(descriptor).isEmpty()) {
            return proven;
        }
        IdTokenRules.Names names = names(descriptor).get();
        return new Evidence.WithUnsignedNames(
                proven,
                names.givenName().text(document.get()).orElse(null),
                names.familyName().text(document.get()).orElse(null));
    }

    private static Optional<JsonNode> parse(String user) {
        return user.length() > MAX_CHARACTERS
                ? Optional.empty()
                : StrictJson.read(user).filter(JsonNode::isObject);
    }

    private static Optional<IdTokenRules.Names> names(Descriptor descriptor) {
        return descriptor.idToken().flatMap(IdTokenRules::names);
    }

    private static ExchangeException invalid(String description) {
        return ExchangeException.refuse(ExchangeError.PARAMETER_INVALID, description);
    }
}
