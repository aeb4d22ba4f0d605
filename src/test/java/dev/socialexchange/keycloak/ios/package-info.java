/** The recipe for iOS, of {@code src/test/swift}, as far as it can be run without Apple's systems. */
package dev.socialexchange.keycloak.ios;
