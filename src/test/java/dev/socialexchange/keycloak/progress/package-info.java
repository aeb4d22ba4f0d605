/**
 * What a build says while its tests run, and at its end: how far it is, and which tests had no chance to run here and why. It
 * listens to JUnit alone, and knows nothing of what is tested.
 */
package dev.socialexchange.keycloak.progress;
