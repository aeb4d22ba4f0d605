package dev.socialexchange.keycloak.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.AdminApi;
import dev.socialexchange.keycloak.it.support.Postgres;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;

/** Users who have been here before, but whom no cache knows: written as a database that has been in use has them. */
record ManyUsers(int count) {
    private static final long FIRST_ID = 500_000_000_000_000_000L;

    /** Of users linked at each of these providers. */
    static ManyUsers create(Postgres postgres, AdminApi admin, List<String> aliases, int count) {
        JsonNode realm = admin.get("");
        String id = realm.path("id").asText();
        postgres.execute(
                "insert into user_entity (id, email, email_constraint, email_verified, enabled, first_name, last_name,"
                        + " realm_id, username, created_timestamp, not_before)"
                        + " select 'many-' || n, mail, mail, true, true, 'Many', 'Example', '%s', mail, 0, 0"
                                .formatted(id)
                        + " from (select n, 'many-' || n || '@example.org' as mail from generate_series(0, %d) n) people"
                                .formatted(count - 1));
        postgres.execute("insert into user_role_mapping (role_id, user_id)"
                + " select '%s', 'many-' || n from generate_series(0, %d) n"
                        .formatted(realm.path("defaultRole").path("id").asText(), count - 1));
        for (String alias : aliases) {
            postgres.execute("insert into federated_identity (identity_provider, realm_id, federated_user_id,"
                    + " federated_username, user_id)"
                    + " select '%s', '%s', (%d + n)::text, 'many-' || n || '@example.org', 'many-' || n"
                            .formatted(alias, id, FIRST_ID)
                    + " from generate_series(0, %d) n".formatted(count - 1));
        }
        postgres.execute("analyze");
        return new ManyUsers(count);
    }

    /** @param number may be larger than there are users: then it begins again */
    Person person(int number) {
        int user = Math.floorMod(number, count);
        return Person.unknown("Many")
                .withId(Long.toString(FIRST_ID + user))
                .withEmail("many-" + user + "@example.org", true)
                .withUsername("many-" + user + "@example.org");
    }
}
