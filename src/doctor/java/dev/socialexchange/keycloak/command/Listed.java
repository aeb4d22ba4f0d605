package dev.socialexchange.keycloak.command;

/** A provider of the realm. */
record Listed(String alias, String type, boolean enabled, boolean open) {

    /** Whether people can come by it, so that a check of all has to have it. */
    boolean inUse() {
        return enabled && open;
    }

    String whyNot() {
        return enabled ? "closed" : "disabled";
    }
}
