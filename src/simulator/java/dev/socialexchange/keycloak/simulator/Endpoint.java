package dev.socialexchange.keycloak.simulator;

@FunctionalInterface
interface Endpoint {

    Response answer(Request request);
}
