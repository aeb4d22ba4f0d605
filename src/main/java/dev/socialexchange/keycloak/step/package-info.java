/**
 * Steps of the realm's own flows, in a browser and without: the link by verified e-mail, the allow-list, Keycloak's steps with another question, and the
 * take-over of an account that nobody had proven. What they leave is for the login to act on; no step issues or links anything itself.
 */
package dev.socialexchange.keycloak.step;
