package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.simulator.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Something that goes wrong, and is mended. */
public enum Mishap {
    /** As by a machine that loses its power. */
    NODE_KILLED(Trouble.LOST, Trouble.BUSY, Trouble.KEYCLOAK) {
        @Override
        void happen(Stage stage, KeycloakServer node) {
            stage.nodes().kill(node);
            pause(Duration.ofSeconds(5));
            stage.nodes().startAgain(node);
        }
    },
    /** Long enough for the other node to give it up. */
    NODE_FROZEN(Trouble.LOST, Trouble.BUSY, Trouble.KEYCLOAK) {
        @Override
        void happen(Stage stage, KeycloakServer node) {
            stage.nodes().freeze(node);
            try {
                pause(Duration.ofSeconds(25));
            } finally {
                stage.nodes().thaw(node);
            }
            stage.nodes().awaitEachOther();
        }
    },
    /** As with an update: it says good-bye, and another one comes. */
    NODE_REPLACED(Trouble.LOST, Trouble.BUSY, Trouble.KEYCLOAK) {
        @Override
        void happen(Stage stage, KeycloakServer node) {
            stage.nodes().stop(node);
            stage.nodes().startAgain(node);
        }
    },
    DATABASE_RESTARTED(Trouble.BUSY, Trouble.KEYCLOAK) {
        @Override
        void happen(Stage stage, KeycloakServer node) {
            stage.nodes().postgres().stop();
            pause(Duration.ofSeconds(8));
            stage.nodes().postgres().startAgain();
        }
    },
    /** One of the providers takes requests, and answers none. */
    PROVIDER_HANGS(Trouble.PROVIDER) {
        @Override
        void happen(Stage stage, KeycloakServer node) {
            stage.providers().fault(Stage.HANGING, null, Fault.hang());
            try {
                pause(Duration.ofSeconds(15));
            } finally {
                stage.providers().clearFaults();
            }
        }
    };

    private final Set<Trouble> permitted;

    Mishap(Trouble first, Trouble... others) {
        permitted = EnumSet.of(first, others);
    }

    /** What may come of it for others. */
    Set<Trouble> permitted() {
        return permitted;
    }

    /** @param node that it happens to, where it is about a node; returns when it is mended */
    abstract void happen(Stage stage, KeycloakServer node);

    private static void pause(Duration time) {
        Pause.of(time);
    }
}
