package dev.socialexchange.keycloak.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIf;

/** Of tests that take long, have servers of their own, or are about our own code alone: with the older Keycloak only with {@code -Dit.everything=true}. */
@DisabledIf(
        value = "dev.socialexchange.keycloak.it.support.Workspace#sparesOlderKeycloak",
        disabledReason =
                "takes long, or is about our own code: with the older Keycloak with -Dit.everything=true, as in make matrix")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface OlderKeycloakOnDemand {}
