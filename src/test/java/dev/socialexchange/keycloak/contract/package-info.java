/** The contract as documents: {@code docs/openapi.yaml}, and the collection of requests that is made of it. */
package dev.socialexchange.keycloak.contract;
