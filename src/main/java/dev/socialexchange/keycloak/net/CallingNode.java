package dev.socialexchange.keycloak.net;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all calls of this node have in common.
 *
 * @param shares of hosts
 * @param loadShares of those who wait for a load
 * @param threads for the calls beside the first
 * @param timer aborts what is too late
 */
record CallingNode(
        HostShares shares,
        HostShares loadShares,
        SharedLoads loads,
        RecentRefusals refusals,
        ExecutorService threads,
        ScheduledExecutorService timer) {

    CallingNode(int maxPerHost, ExecutorService threads, ScheduledExecutorService timer) {
        this(
                new HostShares(ShareLimits.ofHost(maxPerHost), System::nanoTime),
                new HostShares(ShareLimits.ofLoad(maxPerHost), System::nanoTime),
                new SharedLoads(System::nanoTime),
                new RecentRefusals(System::nanoTime),
                threads,
                timer);
    }
}
