package dev.socialexchange.keycloak.descriptor;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which keys the records of the language have. */
final class RecordKeys {

    private RecordKeys() {}

    /** The keys at one level, those of records that stand there together included, and of all kinds that there may be. */
    static List<String> of(Class<?> type) {
        return type.isSealed()
                ? kinds(type).flatMap(RecordKeys::withFlag).distinct().toList()
                : components(type)
                        .flatMap(component ->
                                isTogether(component) ? of(component.getType()).stream() : Stream.of(name(component)))
                        .toList();
    }

    private static Stream<String> withFlag(Class<?> kind) {
        return Stream.concat(flag(kind).stream(), of(kind).stream());
    }

    /** The key that chooses a kind, where it says nothing else. */
    static Optional<String> flag(Class<?> kind) {
        return chosenBy(kind).filter(key -> !of(kind).contains(key));
    }

    static Optional<String> chosenBy(Class<?> kind) {
        return Optional.ofNullable(kind.getAnnotation(ChosenBy.class)).map(ChosenBy::value);
    }

    static Stream<Class<?>> kinds(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses());
    }

    static Stream<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents());
    }

    static boolean isTogether(RecordComponent component) {
        return component.isAnnotationPresent(Unwrapped.class);
    }

    static Key key(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        if (key == null) {
            throw new IllegalStateException(component.getDeclaringRecord().getSimpleName() + '.' + component.getName()
                    + " is neither a @Key nor @Unwrapped");
        }
        return key;
    }

    static String name(RecordComponent component) {
        String name = key(component).name();
        return name.isEmpty() ? component.getName() : name;
    }
}
