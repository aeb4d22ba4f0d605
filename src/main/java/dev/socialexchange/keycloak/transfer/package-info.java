/**
 * An app that goes to another team at its provider, where its people get other ids: the admin API's address for the table of both. It writes what the table says beside
 * links and into them, and proves nobody: that is a login's business.
 */
package dev.socialexchange.keycloak.transfer;
