/**
 * The doctor as a command: checks and dry-runs over a realm's admin API, for shells and CI. A program of its own, which knows the
 * API's answers ({@code docs/openapi-admin.yaml}) and nothing of the extension. Never enters: a secret as an argument, or in what is
 * printed.
 */
package dev.socialexchange.keycloak.command;
