package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.StrictJson;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.UserModel;

/**
 * What a provider has said about an address that it only forwards (Apple's relay): whether mail arrives there. It is kept with the user and is about the address
 * that the user had then; another one is not meant. The address itself, and whether it counts as verified, stay as they are. Times are seconds since the epoch, 0 for never.
 *
 * @param address a hash of it
 */
public record StoppedMail(String address, long stopped, long resumed) {
    /** {@code GuardedUserProfile} keeps it from whoever edits a profile; templates may read it. */
    public static final String ATTRIBUTE = "social-exchange.mail-stopped";

    /**
     * Of the address that the user has.
     *
     * @param relays domains of addresses that the provider forwards
     * @return empty if it is none of those
     */
    public static Optional<StoppedMail> of(UserModel user, Set<String> relays) {
        return Optional.ofNullable(user.getEmail())
                .filter(address -> relays.contains(BrokeredIdentities.domain(address)))
                .map(address -> known(user, hash(address)));
    }

    private static StoppedMail known(UserModel user, String address) {
        return user.getAttributeStream(ATTRIBUTE)
                .map(StrictJson::read)
                .flatMap(Optional::stream)
                .map(mark -> new StoppedMail(
                        mark.path("address").asText(),
                        mark.path("stopped").asLong(),
                        mark.path("resumed").asLong()))
                .filter(mark -> mark.address.equals(address))
                .findFirst()
                .orElse(new StoppedMail(address, 0, 0));
    }

    /** Whether mail to the user's address is known not to arrive. */
    public static boolean is(UserModel user) {
        String address = user.getEmail();
        return address != null && known(user, hash(address)).isStopped();
    }

    public boolean isStopped() {
        return stopped > 0 && stopped >= resumed;
    }

    /** Providers do not keep the order: what is told later of what happened before changes nothing. */
    public StoppedMail stoppedAt(long time) {
        return new StoppedMail(address, Math.max(stopped, time), resumed);
    }

    public StoppedMail resumedAt(long time) {
        return new StoppedMail(address, stopped, Math.max(resumed, time));
    }

    public void write(UserModel user) {
        user.setSingleAttribute(
                ATTRIBUTE,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("address", address)
                        .put("stopped", stopped)
                        .put("resumed", resumed)
                        .toString());
    }

    private static String hash(String address) {
        return Digests.sha256Base64Url(address.toLowerCase(Locale.ROOT));
    }
}
