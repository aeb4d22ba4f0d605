package dev.socialexchange.keycloak.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a person's id looks like at a provider: the whole id, in a small language of regular expressions. It has characters,
 * {@code .}, {@code \d}, {@code \w}, {@code [classes]}, each with an optional {@code ?}, {@code *}, {@code +} or
 * {@code {n,m}}, and {@code |} between alternatives; no groups. So every id is decided in a time that grows with its length
 * alone, whatever somebody has entered.
 */
public final class SubjectPattern {
    /** OpenID Connect Core §2: no {@code sub} is longer. */
    private static final int MAX_LENGTH = 255;

    private static final Pattern ITEM = Pattern.compile("(?<atom>"
            + "\\\\(?:[dw]|[^A-Za-z0-9])" // an escape
            + "|\\[\\^?(?:\\\\(?:[dw]|[^A-Za-z0-9])|[^\\[\\]\\\\&])+]" // a class; Java's && and nested ones are left
            // out
            + "|[^\\\\()\\[\\]{}*+?^$|])" // a character, or the dot
            + "(?:(?<sign>[*+?])|\\{(?<min>\\d{1,3})(?<comma>,(?<max>\\d{1,3})?)?})?");

    private final String text;
    private final List<List<Item>> alternatives = new ArrayList<>();

    private SubjectPattern(String text) {
        this.text = text;
    }

    /** So many characters of a kind. */
    private record Item(Predicate<String> kind, int min, int max) {
        Item {
            if (max < min) {
                throw new IllegalArgumentException("{" + min + "," + max + "} ends before it begins");
            }
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    public static SubjectPattern of(String text) {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a pattern has 1 to " + MAX_LENGTH + " characters");
        }
        SubjectPattern pattern = new SubjectPattern(text);
        pattern.read();
        return pattern;
    }

    private void read() {
        List<Item> items = new ArrayList<>();
        Matcher item = ITEM.matcher(text);
        for (int at = 0; at < text.length(); ) {
            if (text.charAt(at) == '|') {
                add(items);
                items = new ArrayList<>();
                at++;
            } else if (item.region(at, text.length()).lookingAt()) {
                items.add(item(item));
                at = item.end();
            } else {
                throw new IllegalArgumentException(
                        "\"" + text.substring(at) + "\" cannot be read: the whole id is compared,"
                                + " without ^, $ and groups; other signs are written with a \\ before them");
            }
        }
        add(items);
    }

    /** One that is empty would match an id that is empty, and is a slip of the keyboard. */
    private void add(List<Item> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("an alternative is empty");
        }
        alternatives.add(items);
    }

    private static Item item(Matcher found) {
        Predicate<String> kind = kind(found.group("atom"));
        if (found.group("min") != null) {
            int min = Integer.parseInt(found.group("min"));
            String max = found.group("max");
            return new Item(
                    kind, min, max != null ? Integer.parseInt(max) : found.group("comma") != null ? MAX_LENGTH : min);
        }
        return switch (String.valueOf(found.group("sign"))) {
            case "?" -> new Item(kind, 0, 1);
            case "*" -> new Item(kind, 0, MAX_LENGTH);
            case "+" -> new Item(kind, 1, MAX_LENGTH);
            default -> new Item(kind, 1, 1);
        };
    }

    /** One character is all that Java's own patterns are asked about. */
    private static Predicate<String> kind(String atom) {
        try {
            return Pattern.compile(atom).asMatchPredicate();
        } catch (PatternSyntaxException malformed) { // such as [z-a]
            throw new IllegalArgumentException(atom + " is no class of characters", malformed);
        }
    }

    /** Whether the whole id is of this form. */
    public boolean matches(String id) {
        return id.length() <= MAX_LENGTH && alternatives.stream().anyMatch(items -> matches(items, id));
    }

    /** All places at once where the text may have been read up to, item by item: nothing is ever tried again. */
    private static boolean matches(List<Item> items, String id) {
        boolean[] reached = new boolean[id.length() + 1];
        reached[0] = true;
        for (Item item : items) {
            reached = after(item, reached, id);
        }
        return reached[id.length()];
    }

    private static boolean[] after(Item item, boolean[] reached, String id) {
        int[] opened = new int[id.length() + 2]; // how many reachable stretches begin here, less those that end
        int run = 0; // how many characters of the kind stand from here on
        for (int at = id.length(); at >= 0; at--) {
            run = at < id.length() && item.kind.test(id.substring(at, at + 1)) ? run + 1 : 0;
            if (reached[at] && run >= item.min) {
                opened[at + item.min]++;
                opened[at + Math.min(item.max, run) + 1]--;
            }
        }
        boolean[] next = new boolean[id.length() + 1];
        int open = 0;
        for (int at = 0; at <= id.length(); at++) {
            open += opened[at];
            next[at] = open > 0;
        }
        return next;
    }

    @Override
    public String toString() {
        return text;
    }
}
