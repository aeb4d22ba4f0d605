package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.Pointers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a provider's answer to "which app is this token for?". */
final class BindingCheck {
    /** RFC 6749 §7.1 and RFC 9449 for {@code token_type}, RFC 9068 and Keycloak for {@code typ}, AWS for {@code token_use}. */
    private static final Set<String> ACCESS_TOKEN_TYPES =
            Set.of("bearer", "dpop", "access_token", "access", "at+jwt", "application/at+jwt");

    private static final Pointers TOKEN_TYPES = Pointers.of("/token_type", "/typ", "/token_use");

    private final ProofContext context;
    private final Binding rules;

    BindingCheck(ProofContext context, Binding rules) {
        this.context = context;
        this.rules = rules;
    }

    /**
     * @param profile the answer to the same token at the profile, or {@code null}
     * @return whether the answer names the app; if not, the admin accepts tokens of any
     */
    boolean require(ProviderVerdict binding, ProviderVerdict profile) {
        if (matchesAny(rules.app().foreign(), binding.body())) {
            throw anotherApp();
        }
        if (binding.refused()) {
            // a provider that does not tell a dead token from another app's: the profile does
            throw profile != null && profile.opened() ? anotherApp() : SignedToken.invalid("refused_by_provider");
        }
        if (!binding.opened()) {
            throw profile != null && profile.refused()
                    ? SignedToken.invalid("refused_by_provider")
                    : binding.unavailable();
        }
        return require(binding.body(), profile);
    }

    private boolean require(JsonNode answer, ProviderVerdict profile) {
        requireActive(answer);
        boolean named = isOurs(answer);
        if (rules instanceof Binding.Introspected) {
            requireAccessToken(answer, profile);
        }
        long now = context.now();
        boolean expired = number(rules.answer().expiresAt(), answer)
                .anyMatch(at -> at != 0 && at + context.provider().clockSkew() <= now);
        if (expired || number(rules.answer().expiresIn(), answer).anyMatch(left -> left <= 0)) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_EXPIRED);
        }
        return named;
    }

    /** The values that the answer to a good token has. */
    void requireActive(JsonNode answer) {
        boolean silent = !rules.answer().require().isEmpty()
                && rules.answer().require().keySet().stream()
                        .allMatch(place -> answer.at(place).isMissingNode());
        if (silent || answer.isEmpty()) {
            throw ExchangeException.unavailable("binding_says_nothing");
        }
        if (!rules.answer().require().entrySet().stream().allMatch(entry -> matches(entry, answer))) {
            throw SignedToken.invalid("not_active");
        }
    }

    /** Refuses another app's token; false if the answer names no app, and the admin accepts that. */
    private boolean isOurs(JsonNode answer) {
        List<JsonPointer> places = rules.app().clientId().all();
        // versions of a token that is only decoded name its app in different places
        Pointers first = rules instanceof Binding.Decoded ? rules.app().clientId() : new Pointers(places.subList(0, 1));
        boolean named = first.text(answer).isPresent();
        context.look(
                Look.APP_OF_TOKEN,
                () -> rules.app().ownClientOnly()
                        ? context.app().clientId()
                        : context.app().clientIds(),
                () -> rules.app().clientId().texts(answer).toList());
        if (!named && !context.settings().unbound()) {
            // without the one thing that it was asked for, which no later try will bring (Gitea, Naver)
            throw Unbindable.refused(context, "binding_without_client_id");
        }
        if (!rules.app().clientId().texts(answer).allMatch(this::isOurs)) {
            throw anotherApp();
        }
        return named;
    }

    private boolean isOurs(String value) {
        if (!value.startsWith(rules.app().prefix())) {
            return false;
        }
        String clientId = value.substring(rules.app().prefix().length());
        if (rules.app().setting().isPresent()) {
            String setting = rules.app().setting().get();
            return clientId.equals(context.provider().getConfig().getConfig().get(setting));
        }
        return rules.app().ownClientOnly()
                ? context.app().clientId().equals(clientId)
                : context.app().owns(clientId);
    }

    /**
     * Servers answer {@code active} for refresh tokens, too; a profile opens for access tokens only. A client that asked for
     * itself is its token's subject (RFC 9068 §5).
     */
    private void requireAccessToken(JsonNode answer, ProviderVerdict profile) {
        String subject = answer.path("sub").asText();
        if (!subject.isBlank() && rules.app().clientId().texts(answer).anyMatch(subject::equals)) {
            throw PersonCheck.appsOwn();
        }
        List<String> types = TOKEN_TYPES
                .texts(answer)
                .map(type -> type.toLowerCase(Locale.ROOT))
                .toList();
        if (types.isEmpty() && profile != null && !profile.refused()) {
            profile.require();
            return;
        }
        if (types.isEmpty() || !ACCESS_TOKEN_TYPES.containsAll(types)) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_KIND_MISMATCH, "The token is not an access token");
        }
    }

    /** Both documents, where they name somebody, name the same person. */
    void requireSameSubject(JsonNode answer, String subject) {
        List<String> named = rules.answer().subject().texts(answer).toList();
        if (!named.isEmpty() && !named.contains(subject)) {
            throw SignedToken.invalid("subject_mismatch");
        }
    }

    /** When the token ends, in seconds since the epoch, as far as the provider says. */
    OptionalLong expiry(JsonNode answer) {
        long now = context.now();
        return Stream.concat(
                        number(rules.answer().expiresAt(), answer).filter(at -> at != 0),
                        number(rules.answer().expiresIn(), answer).map(left -> now + left))
                .mapToLong(Long::longValue)
                .min();
    }

    private static Stream<Long> number(Pointers place, JsonNode answer) {
        return place.texts(answer).filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
    }

    /** As {@link #matchesAny(Map, JsonNode)}, with several values that a place may have. */
    static boolean matchesOneOf(Map<String, Set<String>> values, JsonNode answer) {
        return values.entrySet().stream().anyMatch(entry -> entry.getValue()
                .contains(answer.at(entry.getKey()).asText()));
    }

    static boolean matchesAny(Map<String, String> values, JsonNode answer) {
        return values.entrySet().stream().anyMatch(entry -> matches(entry, answer));
    }

    private static boolean matches(Map.Entry<String, String> entry, JsonNode answer) {
        return answer.at(entry.getKey()).asText().equals(entry.getValue());
    }

    static ExchangeException anotherApp() {
        return ExchangeException.refuse(ExchangeError.TOKEN_FOR_ANOTHER_APP);
    }
}
