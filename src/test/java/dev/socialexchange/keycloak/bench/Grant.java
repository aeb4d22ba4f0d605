package dev.socialexchange.keycloak.bench;

/**
 * Something that is measured.
 *
 * @param target share of the standard exchange's throughput that it has to reach; 0 for none
 * @param maxRows that an answer may add to the database
 * @param callsProvider while the answer is awaited
 */
record Grant(String name, double target, int maxRows, boolean callsProvider, Requests requests) {}
