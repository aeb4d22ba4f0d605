/**
 * The token endpoint's door: parameters, policy, answers, tokens. What the other doors share with it is here as well.
 */
package dev.socialexchange.keycloak.exchange;
