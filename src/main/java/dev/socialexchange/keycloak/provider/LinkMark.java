package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.UserModel;

/**
 * What signals have left on a link: kept with the user, under an attribute that nobody edits, so that it goes where the user goes
 * and is gone when the user is. All times are seconds since the epoch, 0 for never.
 *
 * @param alias of the identity provider
 * @param account a hash of the provider's alias and the account's id there: another account is not meant
 * @param suspended since when the link lets nobody in; it does if this is not before {@code resumed}
 * @param resumed when it was last said to be in order again
 * @param former the digest of the account by the id that it had before; empty if it has had no other
 * @param revoked up to when what was issued there counts no more
 * @param disabled for what happened by then the user was disabled
 * @param required for what happened by then the user was to choose a new password
 */
public record LinkMark(
        String alias,
        String account,
        String former,
        long suspended,
        long resumed,
        long revoked,
        long disabled,
        long required) {
    /** {@code GuardedUserProfile} keeps it from whoever edits a profile. */
    public static final String ATTRIBUTE = "social-exchange.signals";

    /** There is none yet. */
    private static LinkMark none(ExternalAccount account) {
        return new LinkMark(account.alias(), account.digest(), "", 0, 0, 0, 0, 0);
    }

    /** The mark on this account's link. */
    public static LinkMark of(UserModel user, ExternalAccount account) {
        return all(user).filter(mark -> mark.isOf(account)).findFirst().orElseGet(() -> none(account));
    }

    /** Of two that were written at once, or on a link that the account had by another id, the later of everything. */
    public LinkMark and(LinkMark other) {
        return new LinkMark(
                alias,
                account,
                former.isEmpty() ? other.former : former,
                Math.max(suspended, other.suspended),
                Math.max(resumed, other.resumed),
                Math.max(revoked, other.revoked),
                Math.max(disabled, other.disabled),
                Math.max(required, other.required));
    }

    /** Whether what came through some link to this provider, removed or not, then counts no more. */
    public static boolean precedes(UserModel user, String alias, long provenAt) {
        return all(user).anyMatch(mark -> mark.alias.equals(alias) && mark.precedes(provenAt));
    }

    /** Whether some link to this provider is suspended. */
    public static boolean isSuspended(UserModel user, String alias) {
        return all(user).anyMatch(mark -> mark.alias.equals(alias) && mark.isSuspended());
    }

    /** Those of links that let nobody in, removed or not. */
    public static Stream<LinkMark> suspended(UserModel user) {
        return all(user).filter(LinkMark::isSuspended);
    }

    /** Why this account signs nobody in now, or what it says counts no more: by the id that it has, and by the one that it had. */
    public static Optional<ExchangeException> refusal(UserModel user, BrokeredIdentityContext identity) {
        long issued = BrokeredIdentities.issuedAt(identity).orElse(Long.MAX_VALUE);
        return Stream.concat(Stream.of(ExternalAccount.of(identity)), ExternalAccount.before(identity).stream())
                .flatMap(account -> refusal(user, account, issued).stream())
                .findFirst();
    }

    /** @param issued when what tells who it is was issued, in seconds since the epoch */
    public static Optional<ExchangeException> refusal(UserModel user, ExternalAccount account, long issued) {
        LinkMark mark = of(user, account);
        if (mark.isSuspended()) {
            return Optional.of(
                    ExchangeException.refuse(ExchangeError.LINK_SUSPENDED).withoutBrowser());
        }
        return mark.precedes(issued)
                ? Optional.of(ExchangeException.because(ExchangeError.TOKEN_INVALID, "revoked_by_provider"))
                : Optional.empty();
    }

    private static Stream<LinkMark> all(UserModel user) {
        return user
                .getAttributeStream(ATTRIBUTE)
                .map(LinkMark::read)
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(LinkMark::account, Function.identity(), LinkMark::and, LinkedHashMap::new))
                .values()
                .stream();
    }

    /** What cannot be read was written by somebody while nobody guarded it. */
    private static Optional<LinkMark> read(String text) {
        return StrictJson.read(text)
                .filter(JsonNode::isObject)
                .map(mark -> new LinkMark(
                        mark.path("alias").asText(),
                        mark.path("account").asText(),
                        mark.path("former").asText(),
                        mark.path("suspended").asLong(),
                        mark.path("resumed").asLong(),
                        mark.path("revoked").asLong(),
                        mark.path("disabled").asLong(),
                        mark.path("required").asLong()));
    }

    public boolean isSuspended() {
        return suspended > 0 && suspended >= resumed;
    }

    /** Whether something that was issued there then counts no more; of what does not say when, 0, only if anything was ever revoked. */
    public boolean precedes(long issuedAt) {
        return revoked > 0 && issuedAt <= revoked;
    }

    /** Nothing changes where it was said to be in order later than this. */
    public LinkMark suspendedAt(long time) {
        return time < resumed ? this : and(at(time, 0, 0, 0, 0));
    }

    /** A suspension of the same second stays. */
    public LinkMark resumedAt(long time) {
        return and(at(0, time, 0, 0, 0));
    }

    public LinkMark revokedAt(long time) {
        return and(at(0, 0, time, 0, 0));
    }

    /** What is done to the user, beyond the link, for something that happened then. */
    public LinkMark doneAt(SignalAction action, long time) {
        return switch (action) {
            case DISABLE_USER -> and(at(0, 0, 0, time, 0));
            case REQUIRE_ACTION -> and(at(0, 0, 0, 0, time));
            default -> this;
        };
    }

    /** Whether it was done for something that happened then, or later: what somebody has decided since stays. */
    public boolean isDone(SignalAction action, long time) {
        return switch (action) {
            case DISABLE_USER -> time <= disabled;
            case REQUIRE_ACTION -> time <= required;
            default -> false;
        };
    }

    /** The account has had this id until now. */
    public LinkMark formerly(ExternalAccount before) {
        return new LinkMark(alias, account, before.digest(), suspended, resumed, revoked, disabled, required);
    }

    /** Whether the account had this id before. */
    public boolean wasOf(ExternalAccount before) {
        return alias.equals(before.alias()) && former.equals(before.digest());
    }

    private LinkMark at(long suspendedAt, long resumedAt, long revokedAt, long disabledAt, long requiredAt) {
        return new LinkMark(alias, account, "", suspendedAt, resumedAt, revokedAt, disabledAt, requiredAt);
    }

    /** In the place of what was there. */
    public void write(UserModel user) {
        List<String> values = Stream.concat(all(user).filter(mark -> !mark.account.equals(account)), Stream.of(this))
                .map(LinkMark::text)
                .toList();
        user.setAttribute(ATTRIBUTE, values);
    }

    private String text() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("alias", alias)
                .put("account", account)
                .put("former", former)
                .put("suspended", suspended)
                .put("resumed", resumed)
                .put("revoked", revoked)
                .put("disabled", disabled)
                .put("required", required)
                .toString();
    }

    public boolean isOf(ExternalAccount other) {
        return alias.equals(other.alias()) && account.equals(other.digest());
    }
}
