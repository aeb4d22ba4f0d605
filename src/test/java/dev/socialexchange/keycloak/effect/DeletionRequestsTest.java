package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.socialexchange.keycloak.provider.DeletionRequest;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages of a provider are a request to be forgotten, who is deleted because of one, and who never is. */
class DeletionRequestsTest {
    private static final Instant ASKED = Instant.parse("2026-11-20T10:00:00Z");
    private static final ExternalAccount ACCOUNT = new ExternalAccount("facebook", "1");
    private static final ExternalAccount OTHER = new ExternalAccount("instagram", "2");

    private final OneUser realm = new OneUser();
    private final DeletionRequests requests = new DeletionRequests(realm.session());

    @BeforeEach
    void link() {
        realm.link(ACCOUNT);
        realm.link(OTHER);
    }

    private String open(ExternalAccount account, Instant requested) {
        return requests.open(realm.stored(), account, requested, OptionalInt.of(7));
    }

    private DeletionRequest kept() {
        return DeletionRequest.of(realm.stored());
    }

    private String state() {
        return realm.stored().getFirstAttribute(DeletionRequest.STATE);
    }

    private Optional<String> status() {
        return requests.status(realm.stored().getFirstAttribute(DeletionRequest.CODE))
                .map(status -> status.state() + (status.due().isPresent() ? " due" : ""));
    }

    /** Opened eight days ago. */
    private void due() {
        Instant then = Instant.now().minusSeconds(8 * 24 * 60 * 60);
        open(ACCOUNT, then);
        DeletionRequest.opened("facebook", Optional.of(ACCOUNT), then, OptionalInt.of(7), then)
                .write(realm.stored(), DeletionRequest.OPEN);
    }

    /** A provider tries again, and whoever has seen the message may. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3600})
    void messageThatIsToldAgainDoesNotReopenWhatWasRefused(long secondsBefore) {
        String code = open(ACCOUNT, ASKED);
        kept().refused("open orders").write(realm.stored(), DeletionRequest.REFUSED);

        assertThat(open(ACCOUNT, ASKED.minusSeconds(secondsBefore))).isEqualTo(code);

        assertThat(state()).isEqualTo("refused");
        assertThat(kept().reason()).isEqualTo("open orders");
        assertThat(kept().due()).isEmpty();
    }

    @Test
    void whoeverAsksAgainLaterIsLookedAtAnew() {
        String code = open(ACCOUNT, ASKED);
        kept().refused("open orders").write(realm.stored(), DeletionRequest.REFUSED);

        assertThat(open(ACCOUNT, ASKED.plusSeconds(1))).isEqualTo(code);

        assertThat(state()).isEqualTo("open");
        assertThat(kept().reason()).isEmpty();
        assertThat(kept().due()).isPresent();
    }

    /** Of one that was the person's own: theirs is still asked for. */
    @Test
    void whatAnotherAccountHasAskedForAsWellIsKeptAndWaitsForAnAdministrator() {
        open(ACCOUNT, ASKED);
        open(OTHER, ASKED.plusSeconds(1));

        assertThat(kept().isBy(ACCOUNT)).isTrue();
        assertThat(kept().asked()).isTrue();
    }

    @Test
    void whatWasClosedWithAnAccountSaysNothingOfAnother() {
        open(ACCOUNT, ASKED);
        kept().write(realm.stored(), DeletionRequest.CLOSED);

        open(ACCOUNT, ASKED);
        assertThat(state()).as("told again").isEqualTo("closed");
        assertThat(status()).contains("CLOSED");

        open(OTHER, ASKED.minusSeconds(1));
        assertThat(state()).isEqualTo("open");
        assertThat(kept().isBy(OTHER)).isTrue();
    }

    @Test
    void dueRequestOfTheAccountThatIsLinkedIsDone() {
        due();

        assertThat(requests.due(Set.of())).containsExactly("u");
        assertThat(requests.doDue(realm.stored())).contains("facebook");
        assertThat(realm.removed()).isTrue();
    }

    /** Whoever has linked an account of their own to somebody else's must not have that one deleted after the link is gone. */
    @Test
    void dueRequestOutlivesNoLinkItCameBy() {
        due();
        realm.unlink("facebook");

        assertNothingIsDone();
    }

    @Test
    void dueRequestOfOneAccountIsNotThatOfAnotherOfTheSameProvider() {
        due();
        realm.link(new ExternalAccount("facebook", "3"));

        assertNothingIsDone();
    }

    @Test
    void dueRequestOfASuspendedAccountIsNotDoneByItself() {
        due();
        LinkMark.of(realm.stored(), ACCOUNT).suspendedAt(10).write(realm.stored());

        assertNothingIsDone();
    }

    /** Kept by a version that did not write down who had asked. */
    @Test
    void dueRequestOfNobodyKnowsWhichAccountIsNotDoneByItself() {
        due();
        realm.stored()
                .setSingleAttribute(
                        DeletionRequest.DETAIL,
                        "{\"alias\":\"facebook\",\"requested\":1700000000,\"reason\":\"\",\"due\":1700000001}");

        assertNothingIsDone();
    }

    private void assertNothingIsDone() {
        assertThat(requests.due(Set.of())).isEmpty();
        assertThat(requests.doDue(realm.stored())).isEmpty();
        assertThat(realm.removed()).isFalse();
        assertThat(requests.waiting(0, 100, user -> true))
                .extracting(WaitingDeletion::linked, WaitingDeletion::due)
                .as("in the queue")
                .containsExactly(tuple(false, null));
        assertThat(status()).contains("OPEN");
    }

    @Test
    void requestByALinkThatIsGoneAlreadyHasNoDay() {
        realm.unlink("facebook");

        open(ACCOUNT, ASKED);

        assertThat(state()).isEqualTo("open");
        assertThat(kept().due()).isEmpty();
    }

    /** By a cache, or just before. */
    @Test
    void whatAnotherAdministratorHasRefusedAMomentAgoIsNotApproved() {
        String code = open(ACCOUNT, ASKED);
        realm.seeStale();
        kept().refused("open orders").write(realm.stored(), DeletionRequest.REFUSED);

        assertThat(requests.approve(code, user -> {})).isFalse();
        assertThat(realm.removed()).isFalse();
    }

    @Test
    void whoeverWasMadeAnAdministratorAMomentAgoIsNotDeleted() {
        String code = open(ACCOUNT, ASKED);
        realm.seeStale();
        realm.administers();

        assertThat(requests.approve(code, user -> {})).isFalse();
        assertThat(realm.removed()).isFalse();
    }

    @Test
    void whatIsStillOpenIsApproved() {
        String code = open(ACCOUNT, ASKED);

        assertThat(requests.approve(code, user -> {})).isTrue();
        assertThat(realm.removed()).isTrue();
    }
}
