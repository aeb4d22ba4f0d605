/**
 * Translates the people of other back ends into lines that the server's import takes: above all their ids, since what a back end keeps of somebody's account
 * is often not what a realm finds that account by. Plain Java; never enters: a decision that the server has to make.
 */
package dev.socialexchange.keycloak.importer;
