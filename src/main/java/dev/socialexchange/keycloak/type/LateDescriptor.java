package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import java.util.function.Supplier;

/** Of settings, which stay as they are; made when it is wanted, since Keycloak makes providers for much that needs none. */
final class LateDescriptor {
    private final Supplier<Descriptor> maker;
    private Descriptor made;

    LateDescriptor(Supplier<Descriptor> maker) {
        this.maker = maker;
    }

    Descriptor get() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
