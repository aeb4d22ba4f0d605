package dev.socialexchange.keycloak.provider;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address in the one form that it is compared in. Letters that merely become ASCII ones when their case is changed
 * or when they are prepared for the DNS (the Kelvin sign, a full-width or sharp s) belong to other addresses, and make no
 * address here at all.
 *
 * @param local as it is, with ASCII letters in lower case
 * @param domain as it stands in the DNS, in lower case
 */
public record EmailAddress(String local, String domain) {
    private static final Pattern LOCAL = Pattern.compile("[^\\s@\"(),:;<>\\[\\\\\\]\\p{Cntrl}]+");
    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    /** Empty for what is no plain address: quoted, with comments, with a domain that no mail could be sent to. */
    public static Optional<EmailAddress> parse(String text) {
        int at = text == null ? -1 : text.indexOf('@');
        if (at < 0 || !LOCAL.matcher(text.substring(0, at)).matches()) {
            return Optional.empty();
        }
        return domain(text.substring(at + 1))
                .map(domain -> new EmailAddress(lowerAscii(text.substring(0, at)), domain));
    }

    /** A domain in its one form; empty if the text is none. */
    public static Optional<String> domain(String text) {
        String lower = lower(text);
        if (lower == null) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(lower);
            boolean faithful = ascii.equals(lower) || IDN.toUnicode(ascii).equals(lower);
            return faithful && DNS_NAME.matcher(ascii).matches() ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    /** Whether two texts are one address, by ASCII's rules of case. */
    public static boolean same(String one, String other) {
        return one != null && other != null && lowerAscii(one).equals(lowerAscii(other));
    }

    static String lowerAscii(String text) {
        return text.chars()
                .map(character -> character >= 'A' && character <= 'Z' ? Character.toLowerCase(character) : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** {@code null} if a letter would turn into an ASCII one. */
    private static String lower(String text) {
        int[] lower = text.codePoints().map(Character::toLowerCase).toArray();
        int[] before = text.codePoints().toArray();
        for (int index = 0; index < lower.length; index++) {
            if (before[index] > 127 && lower[index] <= 127) {
                return null;
            }
        }
        return new String(lower, 0, lower.length);
    }
}
