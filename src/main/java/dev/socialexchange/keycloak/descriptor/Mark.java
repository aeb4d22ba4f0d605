package dev.socialexchange.keycloak.descriptor;

import java.util.regex.Pattern;

/** What stands beside a provider's name where there is no picture: on its button in the login theme. */
public record Mark(
        @Key(value = "One or two letters or digits", required = true) String initials,
        @Key(value = "The colour behind them, with six hexadecimal digits: \"#1f6feb\"", required = true)
                String colour) {
    private static final Pattern INITIALS = Pattern.compile("[\\p{L}\\p{N}]{1,2}");
    private static final Pattern COLOUR = Pattern.compile("#\\p{XDigit}{6}");

    public Mark {
        if (!INITIALS.matcher(initials).matches()) {
            throw new IllegalArgumentException("initials are one or two letters or digits");
        }
        if (!COLOUR.matcher(colour).matches()) {
            throw new IllegalArgumentException("a colour has six hexadecimal digits: \"#1f6feb\"");
        }
    }
}
