package dev.socialexchange.keycloak.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SideDoorTest {

    @Test
    void aDoorIsClosedUntilItIsNamed() {
        assertThat(SideDoor.names(null)).isEmpty();
        assertThat(SideDoor.names("")).doesNotContain("login");
        assertThat(SideDoor.names("login2##log in")).doesNotContain("login");
    }

    @Test
    void severalAreJoinedAsKeycloakJoinsThem() {
        assertThat(SideDoor.names("login## supabase ")).containsExactlyInAnyOrder("login", "supabase");
    }
}
