/**
 * The recipes for apps with a real realm: one set of tests, spoken to each app on its standard input. Chromium stands for the
 * app's browser, the providers' simulators for their SDKs.
 */
package dev.socialexchange.keycloak.apps;
