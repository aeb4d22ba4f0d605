package dev.socialexchange.keycloak.descriptor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a key of a descriptor says to whoever writes one: in the schema, in an editor, and in {@code docs/providers/own.md}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    String value();

    boolean required() default false;
}
