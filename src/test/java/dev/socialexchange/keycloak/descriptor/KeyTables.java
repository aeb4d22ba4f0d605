package dev.socialexchange.keycloak.descriptor;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of descriptors as tables of a page, from the records that they are read into. */
final class KeyTables {
    private static final Map<Class<?>, String> TITLES = Map.ofEntries(
            Map.entry(Descriptor.class, "The file"),
            Map.entry(Mark.class, "`mark`"),
            Map.entry(OAuth2Endpoints.class, "`oauth2`"),
            Map.entry(IdTokenRules.class, "`idToken`"),
            Map.entry(ClaimRules.class, "`idToken.claims`"),
            Map.entry(AccessTokenRules.class, "`accessToken`"),
            Map.entry(Binding.class, "`accessToken.binding`"),
            Map.entry(CallTemplate.class, "A call"),
            Map.entry(CodeRules.class, "`authorizationCode`"),
            Map.entry(Withdrawal.class, "`withdrawal`"),
            Map.entry(Identity.class, "`identity`"),
            Map.entry(Identity.EmailList.class, "`identity.emails`"),
            Map.entry(TemporarySign.class, "`temporary`"),
            Map.entry(CheckRules.class, "`check`"),
            Map.entry(SignalRules.class, "`signals`"),
            Map.entry(SignalProof.SecurityEvents.class, "`signals.token`"),
            Map.entry(BodySignature.class, "`signals.signature`"),
            Map.entry(SignalHandshake.class, "`signals.handshake`"),
            Map.entry(SignalRules.Answer.class, "`signals.answer`"));

    private static final Map<Type, String> VALUES = Map.of(
            String.class, "text",
            boolean.class, "true or false",
            Integer.class, "number",
            SubjectPattern.class, "[pattern](../configuration.md#on-the-identity-provider)",
            ClaimCondition.class, "claim or claim=value",
            Pointers.class, "pointer",
            CallTemplate.class, "[call](#a-call)",
            IdentityPointers.class, "[keys](#identity)",
            IdTokenRules.Names.class, "`givenName`, `familyName`: pointers",
            SignedData.class, "`format`, `secretSetting`");

    private KeyTables() {}

    static String markdown() {
        return DescriptorSchema.levels().map(KeyTables::table).collect(Collectors.joining("\n"));
    }

    private static String table(Class<?> type) {
        return "### " + TITLES.get(type) + "\n\n| key | value | what it says |\n|---|---|---|\n"
                + rows(type).distinct().collect(Collectors.joining());
    }

    private static Stream<String> rows(Class<?> type) {
        return type.isSealed()
                ? Stream.concat(
                        RecordKeys.kinds(type).flatMap(KeyTables::flag),
                        RecordKeys.kinds(type).flatMap(kind -> optionalRows(kind)))
                : RecordKeys.components(type)
                        .flatMap(component -> RecordKeys.isTogether(component)
                                ? rows(component.getType())
                                : Stream.of(
                                        row(component, RecordKeys.key(component).required())));
    }

    /** What one kind needs is not there in another. */
    private static Stream<String> optionalRows(Class<?> kind) {
        return RecordKeys.components(kind)
                .flatMap(component -> RecordKeys.isTogether(component)
                        ? rows(component.getType())
                        : Stream.of(row(component, false)));
    }

    private static Stream<String> flag(Class<?> kind) {
        return RecordKeys.flag(kind).stream()
                .map(key -> row(
                        key, "true or false", kind.getAnnotation(ChosenBy.class).flag()));
    }

    private static String row(RecordComponent component, boolean required) {
        return row(
                RecordKeys.name(component) + (required ? "`, required" : "`"),
                value(component.getGenericType()),
                RecordKeys.key(component).value());
    }

    private static String row(String key, String value, String text) {
        return "| `" + (key.contains("`") ? key : key + '`') + " | " + value + " | " + text + " |\n";
    }

    private static String value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return value(of[0]);
            }
            return Collection.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? "list of: " + value(of[0])
                    : "name → " + value(of[1]);
        }
        Class<?> named = (Class<?>) type;
        if (named.isEnum()) {
            return Arrays.stream(named.getEnumConstants())
                    .map(constant -> '`' + ValueReader.word(constant) + '`')
                    .collect(Collectors.joining(", "));
        }
        return VALUES.containsKey(type) ? VALUES.get(type) : "[keys](#" + anchor(named) + ')';
    }

    private static String anchor(Class<?> type) {
        return TITLES.get(type).replaceAll("[`.]", "").toLowerCase(Locale.ROOT);
    }
}
