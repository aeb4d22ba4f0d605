package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.DataProvider;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** GitLab signs tokens for CI jobs with the keys of its logins, for the audience that the job's author writes down. */
class GitLabJobIT {
    private static final String JOB = "project_path:mallory/project:ref_type:branch:ref:main";
    private static final DataProvider GITLAB = Suite.providers().described("gitlab");
    private static final String ALIAS = Suite.unique("gitlab");

    @BeforeAll
    static void addProvider() {
        Suite.admin()
                .createIdentityProvider(Map.of(
                        "alias",
                        ALIAS,
                        "providerId",
                        "gitlab",
                        "enabled",
                        true,
                        "config",
                        Map.of(
                                "clientId", GITLAB.clientId(),
                                "clientSecret", GITLAB.secret(GITLAB.clientId()),
                                "exchangeClients", Suite.SPA)));
    }

    @Test
    void personSignsIn() {
        assertTokens(exchange(claims -> {}));
    }

    @Test
    void jobDoesNotSignIn() {
        Answer answer = exchange(claims -> {
            claims.put("sub", JOB);
            claims.put("job_id", "302");
            claims.put("project_path", "mallory/project");
        });

        assertRefused(answer, 400, "invalid_request", "token_kind_mismatch", ALIAS, JOB);
        assertThat(Exchanges.refusals(ALIAS)).containsExactly("token_kind_mismatch: subject_of_another_kind");
    }

    private static Answer exchange(Consumer<Map<String, Object>> claims) {
        return Exchanges.idToken(ALIAS, GITLAB.idToken(GITLAB.clientId(), Suite.newPerson(), claims));
    }
}
