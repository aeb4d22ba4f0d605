package dev.socialexchange.keycloak.bench;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Requests that are sent once, with an id token or somebody new: made between the turns, while nothing is measured. */
final class SingleUseRequests implements Requests {
    private static final int FIRST_STOCK = 1500;

    private final IntFunction<byte[]> maker;
    private final Queue<byte[]> stock = new ConcurrentLinkedQueue<>();
    private int wanted = FIRST_STOCK;
    private int made;

    /** @param maker given a number that goes up; called by several threads */
    SingleUseRequests(IntFunction<byte[]> maker) {
        this.maker = maker;
    }

    @Override
    public void prepare() {
        int left = stock.size();
        // a turn with more connections may use more than the largest one so far
        wanted = Math.max(wanted, 3 * (wanted - left));
        int from = made;
        made += wanted - left;
        IntStream.range(from, made).parallel().mapToObj(maker).forEach(stock::add);
    }

    @Override
    public byte[] next() {
        byte[] request = stock.poll();
        if (request == null) {
            throw new IllegalStateException("more than " + wanted + " requests were sent in one turn");
        }
        return request;
    }
}
