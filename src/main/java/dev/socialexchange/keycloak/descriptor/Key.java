package dev.socialexchange.keycloak.descriptor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A key of descriptors: what it says to whoever writes one, in the schema, in an editor, and in {@code docs/providers/own.md},
 * and what stands in its place where it is left out. Without {@link #otherwise} an {@code Optional}, a collection or a pointer
 * is empty then, and a flag is false; anything else has to be there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    String value();

    /** If it is not the component's name. */
    String name() default "";

    boolean required() default false;

    /** What the key says where it is left out, in YAML. */
    String otherwise() default "";

    /** One value stands for a list of one. */
    boolean oneOrMore() default false;
}
