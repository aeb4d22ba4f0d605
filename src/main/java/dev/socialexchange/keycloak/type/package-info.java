/**
 * The identity providers themselves. Nothing but Keycloak's service loader names them; whoever needs one knows its contract.
 *
 * <ul>
 *   <li>Keycloak's own types with token exchange, each by a class that extends Keycloak's.
 *   <li>The <em>described</em> ones, which are all made by {@link DescribedIdentityProvider} of a
 *       {@link dev.socialexchange.keycloak.descriptor.Descriptor} and differ in where that comes from: the jar
 *       ({@link Catalogue}), and for the type {@code social-custom} ({@link CustomIdentityProvider}, named after its id as any type's
 *       class is) the {@link DescriptorSettings} of an admin or a file in an operator's {@link DescriptorFolder}.
 * </ul>
 */
package dev.socialexchange.keycloak.type;
