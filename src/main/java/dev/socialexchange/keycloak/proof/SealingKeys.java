package dev.socialexchange.keycloak.proof;

import java.util.List;

/** The realm's own secret keys, which seal what only this realm may have issued. */
public interface SealingKeys {

    /** That new seals are made with. */
    byte[] active();

    /** That seals may have been made with: keys are rotated while seals are out. */
    List<byte[]> all();
}
