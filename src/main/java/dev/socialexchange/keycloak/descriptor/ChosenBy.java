package dev.socialexchange.keycloak.descriptor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Of one of the records that a sealed interface of the language permits: the key that chooses it by being there, and not
 * {@code false}. The record without this is what is meant where no other is chosen.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface ChosenBy {
    String value();

    /** What the key says, where it is a flag and nothing but that: it is no component of the record then. */
    String flag() default "";
}
