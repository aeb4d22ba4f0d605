package dev.socialexchange.keycloak.page;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.provider.EmailAddress;
import dev.socialexchange.keycloak.provider.ProviderFacts;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;

/**
 * An account at a provider as people are told of it before it opens anything here. Whoever is told may not be whoever owns it,
 * so nothing in the name is a claim that nobody has checked: an e-mail address stands in it only where it is vouched for, and
 * stands there whole, since one that is masked looks like somebody else's.
 *
 * @param name the address, or the provider's own username, or the number of the account
 * @param vouched whether it is an address that the provider vouches for and the realm trusts
 */
public record ForeignAccount(String name, boolean vouched) {
    private static final int MAX_CODE_POINTS = 64;
    private static final int HEX_DIGITS = 16;
    private static final int FIRST_BEYOND_ASCII = 128;

    /** The sign that makes an address, in each width that fonts have. */
    private static final Set<Integer> AT_SIGNS = Set.of((int) '@', 0xFF20, 0xFE6B);

    /** What is not seen, or turns the text around it. */
    private static final Set<Integer> UNSEEN = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    public static ForeignAccount of(BrokeredIdentityContext identity) {
        return ProviderFacts.of(identity)
                .trustedEmail()
                .flatMap(ForeignAccount::vouched)
                .orElseGet(() -> claimed(identity.getUsername(), identity.getId()));
    }

    /** Empty for an address with letters that look like others: it would be read as the address of somebody else. */
    static Optional<ForeignAccount> vouched(String address) {
        return EmailAddress.parse(address)
                .filter(parsed -> parsed.local().chars().allMatch(character -> character < FIRST_BEYOND_ASCII))
                .map(parsed -> new ForeignAccount(parsed.local() + '@' + parsed.domain(), true));
    }

    /**
     * Where nobody vouches for anything.
     *
     * @param username may be an address, which many providers make a username
     * @param subject the account's immutable id
     */
    public static ForeignAccount claimed(String username, String subject) {
        String seen = seen(username);
        if (!seen.isEmpty() && !isAddress(seen)) {
            return new ForeignAccount(seen, false);
        }
        String number = seen(subject);
        return new ForeignAccount(
                number.isEmpty() || isAddress(number)
                        ? Digests.sha256Hex(subject).substring(0, HEX_DIGITS)
                        : number,
                false);
    }

    private static boolean isAddress(String text) {
        return text.codePoints().anyMatch(AT_SIGNS::contains);
    }

    private static String seen(String text) {
        int[] seen = text == null
                ? new int[0]
                : text.codePoints()
                        .filter(character -> !UNSEEN.contains(Character.getType(character)))
                        .toArray();
        String whole = new String(seen, 0, Math.min(seen.length, MAX_CODE_POINTS))
                .replace("${", "$ {") // Keycloak (26.7) replaces what stands so in a message's values, too
                .strip();
        return seen.length > MAX_CODE_POINTS ? whole + "…" : whole;
    }

    /** One text that says all, for notes of sessions. */
    public String toNote() {
        return (vouched ? "+" : "-") + name;
    }

    public static ForeignAccount ofNote(String note) {
        return new ForeignAccount(note.substring(1), note.startsWith("+"));
    }

    /** A record would print the person's data. */
    @Override
    public String toString() {
        return vouched ? "vouched" : "claimed";
    }
}
