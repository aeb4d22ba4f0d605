package dev.socialexchange.keycloak.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Of tests that take minutes or servers of their own, and in which nothing depends on Keycloak's version. */
@DisabledIfSystemProperty(
        named = "keycloak.version",
        matches = "26\\.6\\..*",
        disabledReason = "nothing in it depends on Keycloak's version: it is tried with the newer one")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithOneKeycloak {}
