package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.simulator.ProviderData;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.social.SocialIdentityProviderFactory;

/** Whom the conformance test is about: every social type that this extension announces, and two configured ones. */
public final class Conformance {
    /** Providers that need no type of their own: the generic one with these settings. */
    private static final Map<String, String> CONFIGURED = Map.of("auth0", "Auth0", "okta", "Okta");

    private Conformance() {}

    public static List<Descriptor> descriptors() {
        return Stream.concat(types().stream(), configured())
                .sorted(Comparator.comparing(Descriptor::id))
                .toList();
    }

    /** Whether browser logins are Keycloak's own code, and so follow its own rule for verified addresses. */
    public static boolean signsInByKeycloak(String id) {
        return Catalogue.descriptors().stream().noneMatch(own -> own.id().equals(id));
    }

    /** Ids of our own types whose tokens can be taken back. */
    public static Stream<String> revoking() {
        return Catalogue.descriptors().stream()
                .filter(descriptor -> descriptor.revocation().isPresent())
                .map(Descriptor::id);
    }

    /** Ids of the types that never give an address. */
    public static List<String> withoutAddresses() {
        return types().stream()
                .filter(type -> !type.givesAddresses())
                .map(Descriptor::id)
                .toList();
    }

    /** Whether this type's access tokens can be proven to be ours. */
    public static boolean binds(String id) {
        return DescriptorReader.resource(id).provable().contains(TokenKind.ACCESS_TOKEN);
    }

    /** Announced to Keycloak, whether in the place of one of its own or new. */
    public static List<Descriptor> types() {
        return announced()
                .filter(id -> !id.equals(CustomIdentityProvider.PROVIDER_ID))
                .map(DescriptorReader::resource)
                .sorted(Comparator.comparing(Descriptor::id))
                .toList();
    }

    private static Stream<String> announced() {
        List<String> ids = new ArrayList<>();
        for (SocialIdentityProviderFactory<?> factory :
                ServiceLoader.load(SocialIdentityProviderFactory.class, Conformance.class.getClassLoader())) {
            if (factory.getClass().getName().startsWith("dev.socialexchange.")) {
                ids.add(factory.getId());
            }
        }
        return ids.stream();
    }

    /** Providers that need no type of their own. */
    static Stream<Descriptor> configured() {
        return CONFIGURED.keySet().stream().map(Conformance::configured);
    }

    private static Descriptor configured(String id) {
        ProviderData data = Simulator.data(id);
        OIDCIdentityProviderConfig config = new OIDCIdentityProviderConfig();
        config.setProviderId(id);
        config.setDisplayName(CONFIGURED.get(id));
        config.setConfig(new HashMap<>(data.settings()));
        return OidcDescriptor.of(config);
    }
}
