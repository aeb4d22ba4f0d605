package dev.socialexchange.keycloak.type;

/** Keycloak has a type of this name, which a feature switches on: it speaks to an API that was shut down in 2024. */
abstract class InstagramFactory extends DescribedIdentityProviderFactory {

    /** Above Keycloak's own. */
    @Override
    public int order() {
        return 1;
    }
}
