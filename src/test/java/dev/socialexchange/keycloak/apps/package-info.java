/**
 * The clients for apps with a real realm: one set of tests, spoken to an app of each on its standard input. Chromium stands for the
 * app's browser, the providers' simulators for their SDKs. And the resource servers of {@code examples}, which take the realm's tokens.
 */
package dev.socialexchange.keycloak.apps;
