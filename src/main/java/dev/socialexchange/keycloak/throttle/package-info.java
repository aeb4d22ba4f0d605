/**
 * How much one address may try in vain, and one app may ask of a provider, on one node: counted in fractions of a limit that drains by the minute, in
 * bounded memory. What happens to a request is for its door to say; nothing here knows a token or a person.
 */
package dev.socialexchange.keycloak.throttle;
