package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The keys of descriptors as tables of a page, from the records that they are read into. */
final class KeyTables {
    private static final Map<Class<?>, String> TITLES = Map.ofEntries(
            Map.entry(Descriptor.class, "The file"),
            Map.entry(Descriptor.OAuth2.class, "`oauth2`"),
            Map.entry(Descriptor.IdToken.class, "`idToken`"),
            Map.entry(ClaimRules.class, "`idToken.claims`"),
            Map.entry(Descriptor.AccessToken.class, "`accessToken`"),
            Map.entry(Binding.class, "`accessToken.binding`"),
            Map.entry(CallTemplate.class, "A call"),
            Map.entry(CodeRules.class, "`authorizationCode`"),
            Map.entry(IdentityPointers.class, "`identity`"),
            Map.entry(IdentityPointers.EmailList.class, "`identity.emails`"),
            Map.entry(Temporary.class, "`temporary`"));

    private static final Map<Type, String> VALUES = Map.of(
            String.class, "text",
            boolean.class, "true or false",
            Integer.class, "number",
            SubjectPattern.class, "[pattern](../configuration.md#on-the-identity-provider)",
            ClaimCondition.class, "claim or claim=value",
            Pointers.class, "pointer",
            CallTemplate.class, "[call](#a-call)",
            Descriptor.Names.class, "`givenName`, `familyName`: pointers",
            Descriptor.SignedData.class, "`format`, `secretSetting`");

    private KeyTables() {}

    static String markdown() {
        return DescriptorSchema.records().map(KeyTables::table).collect(Collectors.joining("\n"));
    }

    private static String table(Class<?> type) {
        return "### " + TITLES.get(type) + "\n\n| key | value | what it says |\n|---|---|---|\n"
                + Arrays.stream(type.getRecordComponents()).map(KeyTables::row).collect(Collectors.joining());
    }

    private static String row(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return "| `%s`%s | %s | %s |\n"
                .formatted(
                        component.getName(),
                        key.required() ? ", required" : "",
                        value(component.getGenericType()),
                        key.value());
    }

    private static String value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return Collection.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? "list of: " + value(of[0])
                    : "name → " + value(of[1]);
        }
        Class<?> named = (Class<?>) type;
        if (named.isEnum()) {
            return Arrays.stream(named.getFields())
                    .filter(Field::isEnumConstant)
                    .map(constant ->
                            '`' + constant.getAnnotation(JsonProperty.class).value() + '`')
                    .collect(Collectors.joining(", "));
        }
        return VALUES.containsKey(type) ? VALUES.get(type) : "[keys](#" + anchor(named) + ')';
    }

    private static String anchor(Class<?> type) {
        return TITLES.get(type).replaceAll("[`.]", "").toLowerCase(Locale.ROOT);
    }
}
