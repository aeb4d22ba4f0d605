package dev.socialexchange.keycloak;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This code does what private code of Keycloak's does, because that cannot be called. A test knows the fingerprint of each of these
 * methods, and fails with the list of what to read again when another version of Keycloak has other code there.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
@Repeatable(Mirrors.All.class)
public @interface Mirrors {

    /** By name, so that nothing of Keycloak's is loaded for a remark. */
    String type();

    String[] methods();

    /** Several. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
    @interface All {
        Mirrors[] value();
    }
}
