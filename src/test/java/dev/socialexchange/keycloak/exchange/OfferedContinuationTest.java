package dev.socialexchange.keycloak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.door.ContinuationLink;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ModelException;

class OfferedContinuationTest {
    private static final ExchangeException ASKED = ExchangeException.refuse(ExchangeError.PROFILE_INCOMPLETE);

    private final List<String> obstacles = new ArrayList<>();
    private final OfferedContinuation continuing = new OfferedContinuation(obstacles::add);

    @Test
    void linkGoesWithARefusalThatABrowserHelpsAndWithNoOther() {
        ContinuationLink link = new ContinuationLink("https://keycloak.example/link", 300);
        assertThat(continuing.link(ASKED)).as("nobody is proven yet").isEmpty();

        continuing.prove(() -> Optional.of(link));

        assertThat(continuing.link(ASKED)).hasValue(link);
        assertThat(continuing.link(ExchangeException.refuse(ExchangeError.ACCOUNT_UNAVAILABLE)))
                .isEmpty();
        assertThat(obstacles).isEmpty();
    }

    /** As while a node of the cluster is frozen: who asks again gets the link. */
    @Test
    void linkThatCannotBeWrittenDownNowIsNoRefusalForGood() {
        continuing.prove(() -> {
            throw new ModelException("put", new SQLException("gone", "08006"));
        });

        ExchangeException busy = catchThrowableOfType(ExchangeException.class, () -> continuing.link(ASKED));

        assertThat(busy.error()).isEqualTo(ExchangeError.SERVER_BUSY);
        assertThat(obstacles).containsExactly("failed");
    }

    @Test
    void faultOfTheSetupLeavesTheRefusalWithoutALink() {
        continuing.prove(() -> {
            throw new IllegalStateException("a client policy of somebody's");
        });

        assertThat(continuing.link(ASKED)).isEmpty();
        assertThat(obstacles).containsExactly("failed");
    }
}
