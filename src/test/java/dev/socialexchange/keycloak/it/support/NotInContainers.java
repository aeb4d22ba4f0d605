package dev.socialexchange.keycloak.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Of tests that reach for the files or the process of a server, or of its database. */
@DisabledIfSystemProperty(
        named = "it.keycloak",
        matches = "container",
        disabledReason = "the server and its database have to be processes of this machine")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface NotInContainers {}
