package dev.socialexchange.keycloak.throttle;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Caller;
import dev.socialexchange.keycloak.net.ProviderCalls;
import java.util.List;
import java.util.OptionalInt;
import org.keycloak.provider.Provider;

/**
 * Slows down who tries in vain, per realm, client and address (an IPv6 network of 64 bits counts as one), on this node. Nothing that succeeds counts.
 * Whoever has failed too often is told no more than that, and a good token is still taken from the same address, behind which there may be
 * many people; from ten times as many failures on nothing is looked at any more.
 */
public interface Throttle extends Provider {

    /**
     * Before anything is looked at.
     *
     * @throws ExchangeException {@code throttled}, if this address has failed far too often
     */
    void admit(Caller caller);

    /**
     * A request has failed, through the fault of whoever sent it.
     *
     * @param limit failures per minute; empty for the server's, 0 for none
     * @return what it is answered: the refusal itself, or {@code throttled}
     */
    ExchangeException failed(Caller caller, OptionalInt limit, ExchangeException refusal);

    /**
     * One request at a door at which there is nothing to prove.
     *
     * @throws ExchangeException {@code throttled}, if there were too many
     */
    void visit(String door, Caller caller);

    /**
     * Calls that are counted for one app at a provider, which limits them for all its people together. A call about a good token does not
     * count, and where there were too many others, an address that had one lately still may.
     *
     * @param provider its immutable id
     * @param limit calls per minute in vain; empty for the server's, 0 for none
     * @return calls that throw {@code throttled} where there were too many
     */
    ProviderCalls counted(ProviderCalls calls, String provider, OptionalInt limit, Caller caller);

    /** What has come to its end in a realm since it was last asked: each is told once. */
    List<Ended> ended(String realm);

    /**
     * A limit that is kept again.
     *
     * @param caller whose it is; for calls, without a network
     * @param what was limited: {@code failures}, {@code calls}, or a door
     * @param refusals how many requests were turned away meanwhile
     */
    record Ended(Caller caller, String what, long refusals) {}
}
