/**
 * What pages have in common that people open in a browser: how an account of a provider is named to somebody who may not own it, and that a
 * page's form comes back from the browser that was shown it. No page itself, and nothing that logs anybody in.
 */
package dev.socialexchange.keycloak.page;
