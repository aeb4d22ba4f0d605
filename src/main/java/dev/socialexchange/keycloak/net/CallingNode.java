package dev.socialexchange.keycloak.net;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * What all calls of this node have in common.
 *
 * @param shares of hosts
 * @param loadShares of those who wait for a load
 * @param threads for the calls beside the first
 * @param timer aborts what is too late
 * @param clock nanoseconds, as {@link System#nanoTime()}
 */
record CallingNode(
        HostShares shares,
        HostShares loadShares,
        SharedLoads loads,
        RecentRefusals refusals,
        ExecutorService threads,
        ScheduledExecutorService timer,
        LongSupplier clock) {

    CallingNode(int maxPerHost, ExecutorService threads, ScheduledExecutorService timer, LongSupplier clock) {
        this(
                new HostShares(ShareLimits.ofHost(maxPerHost), clock),
                new HostShares(ShareLimits.ofLoad(maxPerHost), clock),
                new SharedLoads(clock),
                new RecentRefusals(clock),
                threads,
                timer,
                clock);
    }
}
